import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { pokeCustomers } from "@/lib/billing/poke-customers.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import { bellId } from "@/lib/queue/bell-shape.ts";
import type { Bell, World } from "@/lib/world.ts";
import { staffOf } from "./staff-of.ts";
import { readReason, writeAudit } from "./write-audit.ts";

/** One customer's copy of the payment vendor's ledger is made anew. */
export async function copyBill(
  world: World,
  who: SignedIn | undefined,
  asked: { readonly customerId: string; readonly reason: string },
): Promise<Said> {
  const staff = await staffOf(world, who);
  const reason = readReason(asked.reason);
  const { customerId } = asked;
  const bell: Bell = { kind: "bill", customerId };
  const outcome: Said = { key: "staff.outcome.copyBill" };
  await world.db.$transaction(async (tx) => {
    const customer = await tx.customer.findUnique({ where: { id: customerId } });
    if (!customer) throw new NameplateError("not-found", `No customer ${customerId}`);
    await tx.failedBell.deleteMany({ where: { id: bellId(bell) } });
    const poked = await pokeCustomers(tx, [customerId], world.clock.now());
    if (poked === 0)
      throw new NameplateError("changed-meanwhile", `${customerId} is deleted at the vendor`, {
        key: "staff.errors.customerGone",
      });
    // It stands in the history of its family, where it has one.
    const subject = customer.orderId ?? customerId;
    await writeAudit(tx, world, { staffId: staff.userId, act: "copy-bill", subject, reason, outcome });
  });
  await world.ring(bell);
  return outcome;
}
