import { z } from "zod";
import { readQuote } from "@/lib/billing/quote.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Person, StepState, Tenant as TenantRow } from "@/lib/generated/prisma/client.ts";
import type {
  Dweller,
  Finding,
  Known,
  Reason,
  Registrant,
  Rest,
  StepName,
  TakenOut,
  Tenant,
  Want,
  Wholesale,
} from "@/lib/provisioning/step.ts";
import type { World } from "@/lib/world.ts";
import { householdOf, newestConsentFirst, newestRuleFirst, standingParents } from "./household-of.ts";
import { leaveOf } from "./leave-rules.ts";

/** The registrant's contact as it rests in `Order.deed`. */
export const deedShape = z.object({
  fullName: z.string(),
  organisation: z.string().optional(),
  email: z.string(),
  phone: z.string(),
  street: z.string(),
  city: z.string(),
  state: z.string(),
  postalCode: z.string(),
  country: z.string(),
  extra: z.record(z.string(), z.string()).default({}),
});

export interface ReadTenant {
  readonly tenant: Tenant;
  readonly want: Want;
  readonly known: Known;
  readonly ready: boolean;
  readonly orderId: string;
  /** The newest finding of each step, before this run. */
  readonly states: ReadonlyMap<string, string>;
  /** What those steps found that wait their turn with a vendor, until it comes. */
  readonly turns: ReadonlyMap<StepName, Finding>;
  /** Since when steps have had no answer. */
  readonly unanswered: ReadonlyMap<StepName, Date>;
}

const dwelling = {
  rules: { orderBy: newestRuleFirst },
  consents: { orderBy: newestConsentFirst, take: 1 },
} as const;

/** A tenant as the engine sees it, with what its steps found before. */
export async function readTenant({ db, clock }: World, tenantId: string): Promise<ReadTenant | undefined> {
  const row = await db.tenant.findUnique({
    where: { id: tenantId },
    include: {
      order: true,
      people: { orderBy: { place: "asc" }, include: dwelling },
      parents: { where: standingParents, include: { person: true }, orderBy: { joinedAt: "asc" } },
      steps: true,
      leaves: { orderBy: { askedAt: "desc" } },
    },
  });
  if (!row) return undefined;
  const { order } = row;
  const namesToday = order.cardFingerprint
    ? await db.order.count({
        where: { cardFingerprint: order.cardFingerprint, paidAt: { gte: daysAfter(clock.now(), -1) } },
      })
    : 0;
  const lastTry = await db.attempt.findFirst({
    where: { tenantId, step: "domain", once: true },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
  });
  // What was found while something else was wanted says nothing now.
  const steps = row.steps.filter((step) => step.want === row.want);
  const facts = steps.filter((step) => step.facts !== null).map((step) => [step.step, step.facts]);
  return {
    want: row.want === "gone" ? "gone" : "present",
    known: Object.fromEntries(facts) as Known,
    ready: row.readyAt !== null,
    orderId: order.id,
    states: new Map(row.steps.map((step) => [step.step, step.state])),
    turns: turnsOf(steps, clock.now()),
    unanswered: new Map(
      steps.flatMap(({ step, unansweredSince }) => (unansweredSince ? [[step as StepName, unansweredSince]] : [])),
    ),
    tenant: {
      id: row.id,
      name: row.name,
      registrant: registrantOf(order.deed),
      quoted: readQuote(order).wholesale,
      approvedPrice: row.approvedPrice as Wholesale | null,
      rests: restOf(row),
      leave: leaveOf(row, row.leaves),
      refusalAnswered: lastTry?.outcome === "cleared",
      card: { risk: order.cardRisk === "elevated" ? "elevated" : "normal", namesToday },
      people: row.people.filter(({ takenOutAt }) => takenOutAt === null).map(dwellerOf),
      takenOut: row.people.flatMap(takenOutOf),
      // What holds for a child holds as long as there is an account: whoever comes back was never there without it.
      household: householdOf(
        row.people.filter(({ goneAt }) => goneAt === null),
        row.parents,
        row.zone,
      ),
    },
  };
}

/** Whether a home rests, why and since when. */
export function restOf({ restsBecause, restsSince }: Pick<TenantRow, "restsBecause" | "restsSince">): Rest | null {
  if (!restsBecause || !restsSince) return null;
  return { because: restsBecause === "ended" ? "ended" : "unpaid", since: restsSince };
}

const dwellerOf = ({ id, given, part, kind, runsHome, page }: Person): Dweller => ({
  ...{ id, given, part, runsHome, page },
  child: kind === "child",
});

const takenOutOf = ({ part, takenOutAt, goneAt, eraseAskedAt }: Person): TakenOut[] =>
  takenOutAt ? [{ part, forGood: goneAt !== null, erase: goneAt !== null && eraseAskedAt !== null }] : [];

function registrantOf(kept: unknown): Registrant {
  const { organisation, ...deed } = deedShape.parse(kept);
  return { ...deed, ...(organisation ? { organisation } : {}) };
}

function turnsOf(steps: readonly StepState[], now: Date): ReadonlyMap<StepName, Finding> {
  return new Map(
    steps.flatMap(({ step, state, reason: kept, checkAt }): [StepName, Finding][] => {
      const reason = kept as unknown as Reason | null;
      if (state !== "waiting" || reason?.code !== "busy" || !checkAt || checkAt <= now) return [];
      const checkAfterSeconds = (checkAt.getTime() - now.getTime()) / 1000;
      return [[step as StepName, { state, reason, checkAfterSeconds }]];
    }),
  );
}
