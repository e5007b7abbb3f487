import { readQuote } from "@/lib/billing/quote.ts";
import { secondsAfter } from "@/lib/clock.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { describeSteps, type StepView } from "@/lib/tenants/describe-steps.ts";
import { deedShape } from "@/lib/tenants/read-tenant.ts";
import type { World } from "@/lib/world.ts";
import { type OrderKey, ownOrder } from "./own-order.ts";
import { patienceSeconds } from "./refund-forgotten-orders.ts";

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
    | "done";
  readonly orderId: string;
  readonly tenantId: string | null;
  readonly name: string;
  readonly given: string;
  readonly part: string;
  readonly full: string;
  readonly mail: string;
  /** What was paid, in minor units. */
  readonly paid: { readonly minor: number; readonly currency: string; readonly receipt: string } | null;
  readonly steps: readonly StepView[];
  readonly done: number;
  readonly registeredUntil: string | null;
  readonly readyAt: string | null;
  /** When the money goes back by itself, if the name was lost. */
  readonly refundBy: string | null;
}

/** A home takes about a minute; one that takes longer is said to be slower than usual. */
const usualSeconds = 90;

export async function describeWatch(world: World, key: OrderKey | undefined): Promise<WatchView> {
  const order = await ownOrder(world.db, key);
  return describeOrderProgress(world, order);
}

export async function describeOrderProgress({ db, clock }: World, order: Order): Promise<WatchView> {
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
    paid:
      order.paidMinor === null
        ? null
        : {
            minor: order.paidMinor,
            currency: order.paidCurrency ?? readQuote(order).currency,
            receipt: order.receiptNumber ?? `NP-${order.number}`,
          },
    steps,
    done: steps.filter((step) => step.state === "done").length,
    registeredUntil: (domain?.facts as { registeredUntil?: string | null } | null)?.registeredUntil ?? null,
    readyAt: tenant?.readyAt?.toISOString() ?? null,
    refundBy: order.lostAt ? secondsAfter(order.lostAt, patienceSeconds).toISOString() : null,
  };
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
    case "refunded":
      return order.state;
    case "paid":
      break;
  }
  if (readyAt) return "done";
  if (steps.some((step) => step.name === "domain" && step.state === "blocked" && ownersTurn.has(step.code ?? "")))
    return "needs-you";
  return late ? "delayed" : "making";
}

/** Findings that only the buyer can answer; every other one is ours to mend. */
const ownersTurn = new Set(["confirm-email", "registry-refused"]);
