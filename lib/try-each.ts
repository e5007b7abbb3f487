/**
 * Does the same for each, one after the other; one that fails stops no other. Whatever went wrong is thrown at the end, all
 * of it together, for whoever keeps the log.
 */
export async function tryEach<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const wrong: unknown[] = [];
  for (const one of all) {
    try {
      await work(one);
    } catch (error) {
      wrong.push(error);
    }
  }
  if (wrong.length === 1) throw wrong[0];
  if (wrong.length > 1) throw new AggregateError(wrong, `${wrong.length} of ${all.length} failed`);
}
