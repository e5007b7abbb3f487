import type { World } from "@/lib/world.ts";
import { keepAllTyped } from "./keep-typed.ts";
import { findDraft } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";
import { seenOf, type TypedScreen } from "./save-draft.ts";

/** What stands in the fields of a screen, by their names, and the mark of the form they stand in. */
export interface Unsent {
  readonly screen: TypedScreen;
  readonly seen: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A home's people have five fields each; a form with more is none of ours. */
const mostFields = 300;

/**
 * Keeps what stands in a form that nobody sent, so that a closed tab loses nothing. It is read by nobody but that form, and
 * never stands in the way of one that is sent: it is no new version, and what comes too late or from an older window is
 * left out.
 */
export async function keepUnsent(
  world: Pick<World, "db">,
  key: OrderKey | undefined,
  { screen, seen, values }: Unsent,
): Promise<void> {
  const draft = await findDraft(world, key);
  if (!draft || seen !== seenOf(draft, screen)) return;
  const kept = keepAllTyped(Object.fromEntries(Object.entries(values).slice(0, mostFields)));
  const unsent = { ...draft.typed.unsent, [screen]: { seen, values: kept } };
  await world.db.order.updateMany({
    where: { id: draft.id, version: draft.version, state: { in: ["draft", "checkout"] } },
    data: { typed: { ...draft.typed, unsent } },
  });
}
