import type { Registrar, Registration } from "../ports.ts";
import type { ReasonCode } from "../reasons.ts";
import type { Change, Finding, Reason, Step, Tenant, Wholesale } from "../step.ts";

export interface DomainLimits {
  /** The most one year may cost us, in the registrar's currency, without a person's yes. */
  readonly wholesaleCap: number;
  /** Names one card may buy in 24 hours without a person's yes. */
  readonly namesPerCard: number;
}

/** A running registration is looked at this often; the registrar finishes most within a minute. */
const runningSeconds = 2;
/** Held by a third party: slower, since days may pass. */
const heldSeconds = 900;
/** The registrant has a mail to answer: no polling in a loop, one look a day (and one when the customer says so). */
const daySeconds = 86_400;

/** The name is registered to the customer as registrant, and renews by itself while somebody pays. Never deleted: it runs out or moves. */
export const domain = (registrar: Registrar, limits: DomainLimits): Step<"domain"> => ({
  name: "domain",
  needs: { present: [], gone: [] },
  async inspect(tenant, want) {
    const found = await registrar.find(tenant.name);
    if (want === "gone")
      return {
        state: "settled",
        facts: { registeredUntil: found?.expiresAt ?? null, autoRenew: found?.autoRenew ?? false },
      };
    if (found && found.status !== "pending") return registered(registrar, tenant, found);
    // Theirs to take, and not here any more: it has left. It is neither looked for nor bought, whatever the registry says of it.
    if (!found && mayBeElsewhere(tenant))
      return { state: "settled", facts: { registeredUntil: null, autoRenew: false, elsewhere: true } };
    // Listed as pending or not at all: the workflow says what it waits for. What is listed is never bought again.
    const workflow = await registrar.workflow(tenant.name);
    switch (workflow?.state) {
      case "running":
        return waiting("registry-running", "The registration is on its way", runningSeconds);
      case "succeeded":
        return waiting("registry-running", "Registered, not in the registrar's list yet", runningSeconds);
      case "action-required":
        return {
          state: "blocked",
          reason: {
            code: "confirm-email",
            detail: `action_required. Confirmation sent to ${workflow.sentTo ?? "the registrant"}`,
          },
          checkAfterSeconds: daySeconds,
        };
      case "blocked":
        return waiting("registry-held", `blocked: ${workflow.words}`, heldSeconds);
      case "failed":
        if (!tenant.refusalAnswered) return refusedByRegistry(workflow.words);
        return found ? pending() : toBuy(registrar, tenant, limits);
      case undefined:
        return found ? pending() : toBuy(registrar, tenant, limits);
    }
  },
});

const pending = (): Finding<"domain"> =>
  waiting("registry-running", "Registration pending at the registry", runningSeconds);

function registered(registrar: Registrar, tenant: Tenant, found: Registration): Finding<"domain"> {
  // Another registrar asks for it. Without a leave that is no doing of the family's: a person looks, while it can still be stopped.
  if (found.status !== "active" && !(found.status === "leaving" && mayBeElsewhere(tenant)))
    return { state: "blocked", reason: { code: "registry-status", detail: `The registration is ${found.status}` } };
  const autoRenew = found.status === "leaving" ? found.autoRenew : isToRenew(tenant, found);
  if (found.autoRenew !== autoRenew) {
    const change: Change = {
      verb: "update",
      summary: `Turn auto-renew ${autoRenew ? "on" : "off"} for ${tenant.name}`,
      run: () => registrar.setAutoRenew(tenant.name, autoRenew),
    };
    return { state: "changes", changes: [change] };
  }
  const { expiresAt: registeredUntil, registeredAt } = found;
  const leaving = found.status === "leaving" ? ({ leaving: true } as const) : {};
  return { state: "settled", facts: { registeredUntil, autoRenew, registeredAt, ...leaving } };
}

const mayBeElsewhere = ({ leave }: Tenant): boolean => leave?.state === "given" || leave?.state === "left";

/**
 * While nobody pays for a home its name is kept for a year at least, which takes one renewal at our cost at most: once it is
 * registered until more than a year after the rest began, it does not renew again before somebody pays. One that would run out
 * while the family takes it elsewhere renews all the same.
 */
function isToRenew({ rests, leave }: Tenant, { expiresAt }: Registration): boolean {
  if (!rests || !expiresAt) return true;
  if (leave && new Date(expiresAt) <= leave.until) return true;
  return new Date(expiresAt) <= yearAfter(rests.since);
}

function yearAfter(from: Date): Date {
  const then = new Date(from);
  then.setUTCFullYear(from.getUTCFullYear() + 1);
  return then;
}

/** Nothing of ours is there: buy, if the name is still to be had at the price that the customer was shown. */
async function toBuy(registrar: Registrar, tenant: Tenant, limits: DomainLimits): Promise<Finding<"domain">> {
  const now = await registrar.check(tenant.name);
  if (now.kind !== "available") {
    return {
      state: "blocked",
      reason: { code: "name-lost", detail: `The registrar says ${now.kind} for ${tenant.name}` },
      unlessOurs: true,
    };
  }
  const { currency, registration, renewal } = now.price;
  const offer: Wholesale = { currency, registration, renewal };
  const approved = tenant.approvedPrice !== null && !isDearer(offer, tenant.approvedPrice);
  const objection = approved ? undefined : objectionTo(tenant, offer, limits);
  if (objection) return { state: "blocked", reason: { ...objection, offer } };
  const buy: Change = {
    verb: "create",
    once: true,
    summary: `Register ${tenant.name} for 1 year, auto-renew on, ${registration} ${currency}`,
    run: () => registrar.register(tenant.name, tenant.registrant),
  };
  return { state: "changes", changes: [buy] };
}

/** What a person must say yes to before money that cannot come back is spent. */
function objectionTo({ quoted, card }: Tenant, offer: Wholesale, limits: DomainLimits): Reason | undefined {
  if (isDearer(offer, quoted))
    return {
      code: "price-changed",
      detail: `Quoted ${quoted.registration}/${quoted.renewal} ${quoted.currency}, now ${offer.registration}/${offer.renewal} ${offer.currency}`,
    };
  if (Number(offer.registration) > limits.wholesaleCap)
    return {
      code: "above-cap",
      detail: `${offer.registration} ${offer.currency} is above the cap of ${limits.wholesaleCap}`,
    };
  if (card.risk === "elevated")
    return { code: "card-risk", detail: "The payment vendor sees elevated risk in this card" };
  if (card.namesToday > limits.namesPerCard)
    return {
      code: "card-limit",
      detail: `This card bought ${card.namesToday} names within 24 hours; ${limits.namesPerCard} are allowed`,
    };
  return undefined;
}

/** Another currency counts as dearer: only a person can compare them. */
const isDearer = (offer: Wholesale, agreed: Wholesale): boolean =>
  offer.currency !== agreed.currency ||
  Number(offer.registration) > Number(agreed.registration) ||
  Number(offer.renewal) > Number(agreed.renewal);

/** The registry says what it does not accept: only the owner can correct it. */
const refusedByRegistry = (words: string): Finding<"domain"> => ({
  state: "blocked",
  reason: {
    code: "registry-refused",
    detail: `failed: ${words}`,
    say: { key: "watch.refused.text", values: { words } },
  },
});

const waiting = (code: ReasonCode, detail: string, checkAfterSeconds: number): Finding<"domain"> => ({
  state: "waiting",
  reason: { code, detail },
  checkAfterSeconds,
});
