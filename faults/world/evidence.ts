import type { Evidence } from "../judge/judge.ts";
import type { SimWorld } from "./world.ts";

/** Everything that is known from outside the product about what happened in this world. */
export async function evidenceOf(
  world: SimWorld,
  more: { shown: readonly object[]; noted: readonly object[] },
): Promise<Evidence> {
  const answer = await world.vendors.stripe.fetch(new Request("http://stripe.test/_sandbox/ledger"));
  const rows = await world.database.backUp();
  return {
    stripe: (await answer.json()) as object[],
    registry: world.vendors.registryLedger(),
    machines: world.homes.ledger,
    letters: world.mailbox.letters,
    // Links in letters are meant to be there; rows, jobs and logs must hold none.
    said: [...world.said, ...rows.map(({ rows: text }) => text), ...world.rung.map((bell) => JSON.stringify(bell))],
    shown: more.shown,
    noted: [{ what: "now", at: world.clock.now().toISOString() }, ...more.noted],
  };
}
