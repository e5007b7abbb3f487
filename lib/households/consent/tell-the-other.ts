import type { Tx } from "@/lib/db.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { parentsOf } from "../parents/parents-of.ts";

interface Told {
  readonly home: Tenant;
  readonly personId: string;
  readonly nth: number;
  /** Whoever pressed, who needs no letter about it. */
  readonly by: string;
  readonly kind: "consent-withdrawn" | "consent-given";
}

/** A letter to the parent who did not press; none where there is no other. */
export async function tellTheOther(
  tx: Tx,
  world: Pick<World, "clock" | "ids">,
  { home, personId, nth, by, kind }: Told,
): Promise<void> {
  const presser = await tx.user.findUnique({ where: { id: by }, select: { email: true } });
  const others = (await parentsOf(tx, home)).filter(({ email }) => email !== presser?.email.toLowerCase());
  for (const { email: to } of others)
    await wantMail(tx, world, { cause: `${kind}:${personId}:${nth}:${to}`, kind, to, values: { personId, by } });
}
