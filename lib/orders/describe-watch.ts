import { createHash } from "node:crypto";
import { type Money, moneyOf } from "@/lib/billing/money.ts";
import { readQuote } from "@/lib/billing/quote.ts";
import { daysAfter, secondsAfter } from "@/lib/clock.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import type { Who } from "@/lib/households/access.ts";
import { reasons } from "@/lib/provisioning/reasons.ts";
import { describeSteps, type StepView } from "@/lib/tenants/describe-steps.ts";
import { deedShape } from "@/lib/tenants/read-tenant.ts";
import type { World } from "@/lib/world.ts";
import { patienceSeconds } from "./refund-forgotten-orders.ts";
import { watchedOrder } from "./watched-order.ts";

/** "Watch it happen", as a page shows it. */
export interface WatchView {
  readonly phase:
    | "unpaid"
    | "payment"
    | "making"
    | "delayed"
    | "needs-you"
    | "lost"
    | "refunding"
    | "refunded"
    /** As `refunded` where nothing was paid. */
    | "over"
    | "done";
  readonly orderId: string;
  readonly tenantId: string | null;
  readonly name: string;
  readonly given: string;
  readonly part: string;
  readonly full: string;
  readonly mail: string;
  /** Where the registry writes to the owner on record, and until when it waits for an answer. */
  readonly ownerMail: string;
  readonly answerBy: string | null;
  /** Null where nothing was to pay, too. */
  readonly paid: PaidView | null;
  /** How the money that goes back stands: `refused` is for a person to mend. */
  readonly refund: "wanted" | "asked" | "done" | "refused" | null;
  readonly steps: readonly StepView[];
  readonly done: number;
  readonly registeredUntil: string | null;
  readonly readyAt: string | null;
  /** When the money goes back by itself, if the name was lost. */
  readonly refundBy: string | null;
}

export interface PaidView extends Money {
  readonly receipt: string;
  /** ISO. */
  readonly at: string;
  /** Such as "Visa ending 4242". */
  readonly card: string | null;
}

/** A home takes about a minute; one that takes longer is said to be slower than usual. */
const usualSeconds = 90;
/** The registry waits so long for the owner to press the link in its mail. */
export const answerDays = 15;

/** What the buyer, or whoever runs the home, may watch. Only reads. */
export async function describeWatch(world: Pick<World, "db" | "clock">, who: Who | undefined): Promise<WatchView> {
  return describeOrderProgress(world, await watchedOrder(world, who));
}

/** The same for every view that shows the same; a page that was made from another one is old. */
export const stampOf = (view: WatchView): string =>
  createHash("sha256").update(JSON.stringify(view)).digest("base64url").slice(0, 16);

export async function describeOrderProgress(
  { db, clock }: Pick<World, "db" | "clock">,
  order: Order,
): Promise<WatchView> {
  const tenant = await db.tenant.findFirst({
    where: { orderId: order.id },
    orderBy: { createdAt: "desc" },
    include: { steps: true },
  });
  const steps = describeSteps(tenant?.steps ?? []);
  const domain = tenant?.steps.find((step) => step.step === "domain");
  const deed = deedShape.safeParse(order.deed);
  const late = order.paidAt !== null && clock.now() > secondsAfter(order.paidAt, usualSeconds);
  return {
    phase: phaseOf(order, steps, tenant?.readyAt ?? null, late),
    orderId: order.id,
    tenantId: tenant?.id ?? null,
    name: order.name ?? "",
    given: order.given ?? "",
    part: order.part ?? "",
    full: deed.success ? deed.data.fullName : (order.given ?? ""),
    mail: order.email ?? "",
    ownerMail: (deed.success ? deed.data.email : order.email) ?? "",
    answerBy: domain?.state === "blocked" ? daysAfter(domain.changedAt, answerDays).toISOString() : null,
    paid: paidView(order),
    refund: await refundOf(db, order),
    steps,
    done: steps.filter((step) => step.state === "done").length,
    registeredUntil: (domain?.facts as { registeredUntil?: string | null } | null)?.registeredUntil ?? null,
    readyAt: tenant?.readyAt?.toISOString() ?? null,
    refundBy: order.lostAt ? secondsAfter(order.lostAt, patienceSeconds).toISOString() : null,
  };
}

function paidView(order: Order): PaidView | null {
  const { paidMinor, paidAt, paidCurrency, receiptNumber, cardLabel, number } = order;
  if (!paidMinor || !paidAt) return null;
  return {
    ...moneyOf(paidMinor, paidCurrency ?? readQuote(order).currency),
    receipt: receiptNumber ?? `NP-${number}`,
    at: paidAt.toISOString(),
    card: cardLabel,
  };
}

async function refundOf(db: World["db"], order: Order): Promise<WatchView["refund"]> {
  if (order.state !== "refunding" && order.state !== "refunded") return null;
  const refund = await db.refund.findFirst({ where: { orderId: order.id }, orderBy: { createdAt: "desc" } });
  return (refund?.state as WatchView["refund"]) ?? null;
}

function phaseOf(order: Order, steps: readonly StepView[], readyAt: Date | null, late: boolean): WatchView["phase"] {
  switch (order.state) {
    case "draft":
    case "expired":
      return "unpaid";
    case "checkout":
      return "payment";
    case "lost":
    case "refunding":
      return order.state;
    case "refunded":
      return order.paidMinor === 0 ? "over" : "refunded";
    case "paid":
      break;
  }
  if (readyAt) return "done";
  const blocked = steps.filter((step) => step.state === "blocked");
  if (blocked.some(isOwnersTurn)) return "needs-you";
  return late || blocked.length > 0 || steps.some(isQueued) ? "delayed" : "making";
}

/** Waits its turn for longer than a home usually takes: that is said at once. */
const isQueued = ({ state, code, values }: StepView): boolean =>
  state === "waiting" && code === "busy" && Number(values["minutes"]) > 1;

/** Only the buyer can answer it; every other finding is ours to mend. */
export const isOwnersTurn = (step: StepView): boolean =>
  step.state === "blocked" && step.code !== null && reasons[step.code].mover === "owner";
