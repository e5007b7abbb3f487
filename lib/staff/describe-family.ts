import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { newestContract } from "@/lib/billing/newest-return.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Order, Prisma } from "@/lib/generated/prisma/client.ts";
import { type CardState, cardStateOf } from "@/lib/households/card-state.ts";
import { parentsOf } from "@/lib/households/parents/parents-of.ts";
import { deedShape } from "@/lib/tenants/read-tenant.ts";
import type { World } from "@/lib/world.ts";
import { clearable } from "./clearable.ts";
import { type FamilyState, familyRows, familyStates, stateOfRow } from "./families-sql.ts";
import { leaseIsLive } from "./lock-tenant.ts";
import { type MoneyFacts, moneyFacts } from "./money-facts.ts";
import { isMissing } from "./say-name-left.ts";
import { type StaffLeave, staffLeave } from "./staff-leave.ts";
import { staffOf } from "./staff-of.ts";
import { type StaffWithdrawal, staffWithdrawal } from "./staff-withdrawal.ts";
import { type StaffStep, staffSteps, type TenantFacts, tenantFacts } from "./tenant-facts.ts";
import { type Event, type EventFilter, timeline } from "./timeline.ts";

/** One family, or one order that has none, as the staff see it. Times are ISO. */
export interface FamilyView {
  readonly orderId: string;
  readonly number: number;
  readonly orderState: Order["state"];
  readonly state: FamilyState;
  readonly name: string | null;
  readonly orderedAt: string;
  readonly paidAt: string | null;
  readonly lostReason: string | null;
  readonly tenant: TenantFacts | null;
  /** All eight, those not begun included; none where there is no tenant. */
  readonly steps: readonly StaffStep[];
  readonly owner: {
    readonly name: string;
    readonly email: string | null;
    readonly phone: string;
    readonly country: string;
  };
  /** Who pays, where it is not whoever bought it. */
  readonly payer: { readonly name: string; readonly email: string; readonly since: string } | null;
  readonly money: MoneyFacts;
  readonly withdrawal: StaffWithdrawal | null;
  /** The newest leave of its name. */
  readonly leave: StaffLeave | null;
  /** Whether its name is missing at the registrar, and a person may say that it has left. */
  readonly nameMissing: boolean;
  readonly people: readonly {
    readonly part: string;
    readonly runsHome: boolean;
    readonly child: boolean;
    readonly card: CardState | null;
    /** Whether they live there, were taken out and can come back, or are gone for good. */
    readonly stays: "lives" | "out" | "gone";
  }[];
  /** Who looks after the children, where any live there; `subject` is what the act of taking one out names. */
  readonly parents: readonly { readonly given: string; readonly subject: string }[];
  readonly events: readonly Event[];
  /** How many attempts "Try again" would put aside at this moment. */
  readonly aside: number;
}

const withAll = {
  order: { include: { refunds: true } },
  people: {
    orderBy: { place: "asc" },
    include: { cards: { orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: 1 } },
  },
  steps: true,
} satisfies Prisma.TenantInclude;

/** By tenant or, where there is none, by order. */
export async function describeFamily(
  world: Pick<World, "db" | "clock">,
  who: SignedIn | undefined,
  which: { readonly tenantId: string } | { readonly orderId: string },
  filter: EventFilter = "all",
): Promise<FamilyView> {
  await staffOf(world, who);
  const { db, clock } = world;
  const tenant =
    "tenantId" in which
      ? await db.tenant.findUnique({ where: { id: which.tenantId }, include: withAll })
      : await db.tenant.findFirst({
          where: { orderId: which.orderId },
          orderBy: { createdAt: "desc" },
          include: withAll,
        });
  const order =
    tenant?.order ??
    ("orderId" in which
      ? await db.order.findUnique({ where: { id: which.orderId }, include: { refunds: true } })
      : null);
  if (!order) throw new NameplateError("not-found", "No such family");
  const [row] = await db.$queryRaw<{ state: number }[]>`
    SELECT ${stateOfRow}::int AS "state" FROM ${familyRows} WHERE o."id" = ${order.id}`;
  const deed = deedShape.safeParse(order.deed);
  const now = clock.now();
  return {
    orderId: order.id,
    number: order.number,
    orderState: order.state,
    state: familyStates[row?.state ?? 0] ?? "over",
    name: tenant?.name ?? order.name,
    orderedAt: order.createdAt.toISOString(),
    paidAt: order.paidAt?.toISOString() ?? null,
    lostReason: order.lostReason,
    tenant: tenant ? tenantFacts(tenant, now) : null,
    steps: tenant ? staffSteps(tenant.steps) : [],
    owner: {
      name: deed.success ? deed.data.fullName : (order.given ?? ""),
      email: order.email,
      phone: deed.success ? deed.data.phone : "",
      country: deed.success ? deed.data.country : "",
    },
    payer: payerOf(order),
    money: moneyFacts(order, await newestContract(db, order), now),
    withdrawal: await staffWithdrawal(db, order),
    leave: tenant ? await staffLeave(db, tenant, now) : null,
    nameMissing: tenant ? await isMissing(db, tenant) : false,
    people: (tenant?.people ?? []).map(({ part, runsHome, kind, cards, takenOutAt, goneAt }) => ({
      part,
      runsHome,
      child: kind === "child",
      card: cards[0] ? cardStateOf(cards[0], now) : null,
      stays: goneAt ? "gone" : takenOutAt ? "out" : "lives",
    })),
    parents: tenant?.people.some(({ kind }) => kind === "child")
      ? (await parentsOf(db, tenant)).map(({ id, given }) => ({ given, subject: id ?? tenant.id }))
      : [],
    aside: tenant ? (await clearable(db, tenant.id, undefined, leaseIsLive(tenant, now))).length : 0,
    events: await timeline(db, { orderId: order.id, tenantId: tenant?.id ?? null }, filter),
  };
}

const payerOf = ({ payerName, payerEmail, payerSince }: Order): FamilyView["payer"] =>
  payerEmail && payerSince ? { name: payerName ?? "", email: payerEmail, since: payerSince.toISOString() } : null;
