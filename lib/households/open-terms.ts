import { readBill } from "@/lib/billing/read-bill.ts";
import { termsKinds } from "@/lib/billing/terms-change.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";

/** How the change of terms stands that a family said yes to last; undefined where it is done and seen, or there was none. */
export type OpenTerms = "under way" | "held" | "given-up";

/** So long a change that could not be made is said to be so. */
const saidDays = 1;

export async function openTerms(
  { db, clock }: Pick<World, "db" | "clock">,
  who: Member,
): Promise<OpenTerms | undefined> {
  const { orderId } = await billOf({ db }, who);
  const last = await db.billChange.findFirst({
    where: {
      orderId,
      OR: [
        { kind: { in: termsKinds }, state: { in: ["done", "refused", "given-up"] } },
        { kind: "terms", state: "wanted" },
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  if (!last) return undefined;
  if (last.state === "given-up")
    return last.doneAt && last.doneAt > daysAfter(clock.now(), -saidDays) ? "given-up" : undefined;
  if (last.state === "refused" || last.deadAt) return "held";
  if (last.state === "wanted") return "under way";
  const { subscription } = await readBill(db, orderId);
  if (!subscription) return undefined; // nothing costs anything
  const copiedAt = subscription.customer.askedAt;
  // The vendor has it, and our copy may be from before.
  return copiedAt && last.doneAt && copiedAt >= last.doneAt ? undefined : "under way";
}
