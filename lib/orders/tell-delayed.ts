import { secondsAfter } from "@/lib/clock.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { codesThat } from "@/lib/provisioning/reasons.ts";
import type { World } from "@/lib/world.ts";

/** A home takes about a minute. After ten the buyer has closed the page, and should not have to wonder. */
const patienceSeconds = 600;
/** A round; the next takes the rest. */
const atOnce = 100;

const ownersTurn = codesThat((kind) => kind.mover === "owner");

/** Writes once to every buyer whose home takes longer than usual and who need do nothing. What they must do has a mail of its own. */
export async function tellDelayed(world: World): Promise<void> {
  const { db, clock } = world;
  // Who was told, and who has to answer, is left out here: so many of them would hide the others.
  const late = await db.$queryRaw<{ id: string; orderId: string; email: string | null }[]>`
    SELECT t."id", t."orderId", o."email" FROM "Tenant" t JOIN "Order" o ON o."id" = t."orderId"
    WHERE t."want" = 'present' AND t."readyAt" IS NULL AND o."state" = 'paid'
      AND o."paidAt" <= ${secondsAfter(clock.now(), -patienceSeconds)}
      AND NOT EXISTS (SELECT 1 FROM "Mail" m WHERE m."cause" = 'delayed:' || t."id")
      AND NOT EXISTS (SELECT 1 FROM "StepState" s WHERE s."tenantId" = t."id" AND s."state" = 'blocked'
        AND s."reason"->>'code' = ANY(${ownersTurn}))
    ORDER BY t."createdAt", t."id" LIMIT ${atOnce}`;
  for (const { id, orderId, email } of late)
    await wantMail(db, world, { cause: `delayed:${id}`, kind: "delayed", to: email ?? "", values: { orderId } });
}
