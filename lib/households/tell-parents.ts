import type { Tx } from "@/lib/db.ts";
import { type WantedMail, wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { parentsOf } from "./parents/parents-of.ts";

/** A letter to each parent of a home's children: what one sees the other sees. Says to whom. */
export async function tellParents(
  tx: Tx,
  world: Pick<World, "clock" | "ids">,
  tenantId: string,
  { cause, ...mail }: Omit<WantedMail, "to">,
): Promise<readonly string[]> {
  const told = (await parentsOf(tx, { id: tenantId })).map(({ email }) => email);
  for (const to of told) await wantMail(tx, world, { ...mail, cause: `${cause}:${to}`, to });
  return told;
}
