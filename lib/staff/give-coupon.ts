import { z } from "zod";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { couponTerms } from "@/lib/billing/carry-out.ts";
import { readBill } from "@/lib/billing/read-bill.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** As the payment vendor writes its codes: letters, digits and hyphens. */
const codeShape = z
  .string()
  .trim()
  .regex(/^[\w-]{1,100}$/);

/** Puts the coupon of a code on a family's running bill, from its next invoice on: wanted here, done by a worker. */
export async function giveCoupon(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly orderId: string; readonly code: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { db, clock, ids, ring } = world;
  const { orderId } = asked;
  const code = codeShape.safeParse(asked.code);
  if (!code.success) throw new NameplateError("bad-input", "Not a code", { key: "staff.errors.noCode" });
  const { subscription } = await readBill(db, orderId);
  if (!subscription || subscription.endedAt)
    throw new NameplateError("changed-meanwhile", `Order ${orderId} has no bill that runs`, {
      key: "staff.errors.noBill",
    });
  const outcome: Said = { key: "staff.outcome.coupon", values: { code: code.data } };
  await db.$transaction(async (tx) => {
    const terms = { code: code.data } satisfies z.input<typeof couponTerms>;
    const id = ids.id("chg");
    const row = { id, orderId, cause: `coupon:${id}`, kind: "coupon", terms, state: "wanted", askedBy: staff.userId };
    await tx.billChange.create({ data: { ...row, createdAt: clock.now() } });
    await writeAudit(tx, world, { staffId: staff.userId, act: "give-coupon", subject: orderId, reason, outcome });
  });
  await ring({ kind: "order", orderId });
  return outcome;
}
