import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import { writeOffer } from "@/lib/households/offer-bill.ts";
import type { World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/**
 * Whoever took over a bill can no longer see to it: whoever runs the home is asked to pay again, by a link to the address that it was
 * bought with. They agree and give a card as anybody else does.
 */
export async function askOwnerToPay(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly orderId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { orderId } = asked;
  const outcome: Said = { key: "staff.outcome.askedToPay" };
  await world.db.$transaction(async (tx) => {
    const home = await tx.tenant.findFirst({
      where: { orderId, want: "present", order: { payerEmail: { not: null } } },
      include: { order: true, people: { where: { runsHome: true } } },
    });
    if (!home) throw new NameplateError("not-found", `Nobody else pays for order ${orderId}`);
    const personId = home.people[0]?.id ?? "";
    await writeOffer(tx, world, home, { personId, email: home.order.email ?? "", askedBy: staff.userId });
    await writeAudit(tx, world, { staffId: staff.userId, act: "ask-to-pay", subject: orderId, reason, outcome });
  });
  await world.ring({ kind: "mail" });
  return outcome;
}
