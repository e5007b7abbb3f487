import { stageOf } from "@/lib/billing/dispute.ts";
import { moneyOf } from "@/lib/billing/money.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

const words = {
  asks: "dispute-asks",
  taken: "disputed",
  won: "dispute-won",
  lost: "dispute-lost",
  over: "dispute-closed",
} as const;

/** A bank looks at a payment, or has decided; undefined when it has decided since. */
export async function disputeLetter(
  { db, money, webUrl }: LetterTools,
  kind: "disputed" | "dispute-over",
  values: Record<string, string>,
): Promise<Filling | undefined> {
  const dispute = await db.dispute.findUnique({ where: { id: values["disputeId"] ?? "" } });
  const order = await db.order.findUnique({ where: { id: values["orderId"] ?? "" } });
  if (!dispute || !order) return undefined;
  const stage = stageOf(dispute);
  const open = stage === "asks" || stage === "taken";
  if (open !== (kind === "disputed")) return undefined;
  const name = order.name ?? "";
  const sum = money(moneyOf(dispute.minor, dispute.currency));
  return { as: words[stage], name, sum, link: `${webUrl}/home/${name}/bill` };
}
