import type { Tx } from "@/lib/db.ts";
import { type WantedMail, wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { parentsOf } from "./parents/parents-of.ts";

type Tools = Pick<World, "clock" | "ids">;
type Told = Omit<WantedMail, "to">;

/** A letter to each parent of a home's children: what one sees the other sees. Says to whom. */
export async function tellParents(tx: Tx, world: Tools, tenantId: string, mail: Told): Promise<readonly string[]> {
  const parents = await parentsOf(tx, { id: tenantId });
  return tellEach(
    tx,
    world,
    mail,
    parents.map(({ email }) => email),
  );
}

/** The same, and in the own app of each who has an account of this home: an answer is waited for. */
export async function askParents(tx: Tx, world: Tools, tenantId: string, mail: Told): Promise<void> {
  const parents = await parentsOf(tx, { id: tenantId });
  await tellEach(
    tx,
    world,
    mail,
    parents.flatMap(({ email, at }) => (at ? [email, at] : [email])),
  );
}

async function tellEach(
  tx: Tx,
  world: Tools,
  { cause, ...mail }: Told,
  all: readonly string[],
): Promise<readonly string[]> {
  for (const to of all) await wantMail(tx, world, { ...mail, cause: `${cause}:${to}`, to });
  return all;
}
