/** People put up with a page that failed, and what they lost by it is for the judge to see. A bug of ours is no such page. */
export function unlessABug(error: unknown): undefined {
  if (error instanceof TypeError || error instanceof ReferenceError) throw error;
}
