import type { Said } from "../errors.ts";
import type { Household } from "./household.ts";
import type { ReasonCode } from "./reasons.ts";

/** What the tenant row asks for. Undoing is not a second code path: it is the other value. */
export type Want = "present" | "gone";

/** What a settled step lets later steps and pages rely on. Stored with the step, seeded into each run. */
export interface Facts {
  domain: {
    readonly registeredUntil: string | null;
    readonly autoRenew: boolean;
    /** ISO time. Findings of earlier releases have none. */
    readonly registeredAt?: string | null;
    /** Another registrar asks for it, as the family had said. */
    readonly leaving?: true;
    /** The family took it to another registrar. */
    readonly elsewhere?: true;
  };
  zone: { readonly zoneId: string; readonly nameServers: readonly string[] };
  records: { readonly count: number };
  site: { readonly pages: readonly string[] };
  homeserver: { readonly keyId: string; readonly version: string };
  certificate: { readonly validUntil: string };
  /** Whose accounts were seen so, that a sleeping home need not be woken to look again. */
  owner: {
    readonly userId: string;
    readonly parts?: readonly string[];
    readonly locked?: readonly string[];
    readonly closed?: readonly string[];
  };
  "seen-from-outside": { readonly checks: number };
}

export type StepName = keyof Facts;
export type Known = { readonly [N in StepName]?: Facts[N] };

export const stepNames = [
  "domain",
  "zone",
  "records",
  "site",
  "homeserver",
  "certificate",
  "owner",
  "seen-from-outside",
] as const satisfies readonly StepName[];

/** One person of a tenant, as far as a step needs to know them. */
export interface Dweller {
  readonly id: string;
  readonly given: string;
  /** The part of the address before the colon. It never changes. */
  readonly part: string;
  readonly child: boolean;
  readonly runsHome: boolean;
  /** Whether a contact page is wanted at `https://NAME/PART`. */
  readonly page: boolean;
}

/** Nobody gets in to their account any more; `forGood`: nor ever will. */
export interface TakenOut {
  readonly part: string;
  readonly forGood: boolean;
  /** With what they sent and uploaded, as far as that lies in their home. */
  readonly erase: boolean;
}

/** The registrant's contact, as given by the customer. Phone is E.164, country ISO 3166 alpha-2. */
export interface Registrant {
  readonly fullName: string;
  readonly organisation?: string;
  readonly email: string;
  readonly phone: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
  /** Answers that one ending's schema asks for beyond the contact, by the schema's own property names. */
  readonly extra: Readonly<Record<string, string>>;
}

/** A family's home as the engine sees it. */
export interface Tenant {
  readonly id: string;
  /** The name in lower case, such as `smith.family`: Matrix server name and registered domain at once. */
  readonly name: string;
  readonly people: readonly Dweller[];
  /** Who lived there and was taken out; none is left out. */
  readonly takenOut?: readonly TakenOut[];
  /** What the home is told about its children; null where there are none. */
  readonly household: Household | null;
  readonly registrant: Registrant;
  /** What the registrar asked for this name when the customer was shown a price: decimal strings a year. */
  readonly quoted: Wholesale;
  /** A person on the staff said yes to a purchase above a limit of ours, up to this price. */
  readonly approvedPrice: Wholesale | null;
  /** The registry refused the last try, and what it objected to was corrected since: it may be asked once more. */
  readonly refusalAnswered?: boolean;
  /** Its homeserver is to be stopped, and everything kept: nobody pays for it. */
  readonly rests?: Rest | null;
  /** The family takes its name elsewhere, or has taken it. */
  readonly leave?: Leave | null;
  /** The card's risk as the payment vendor sees it, and how many names it bought within a day. */
  readonly card: { readonly risk: "normal" | "elevated"; readonly namesToday: number };
}

/** `unpaid`: a bill was not paid for too long. `ended`: there is no bill any more. */
export interface Rest {
  readonly because: "unpaid" | "ended";
  readonly since: Date;
}

/** `asked`: nobody can take it yet. `given`: the family can: a name that is gone then has left. `left`: it has. */
export interface Leave {
  readonly state: "asked" | "given" | "left";
  /** Until then it must not run out: one that ran out cannot be taken anywhere. */
  readonly until: Date;
}

export interface Wholesale {
  readonly currency: string;
  readonly registration: string;
  readonly renewal: string;
}

/** One write to the outside world, described before it is done. */
export interface Change {
  readonly verb: "create" | "update" | "delete";
  /** Shown to staff, kept in the journal. */
  readonly summary: string;
  /** Costs money or cannot be repeated: never retried on a guess. */
  readonly once?: true;
  run(): Promise<void>;
}

/** Why a step is not settled: `detail` for staff, `say` for the customer where the step's own words are not enough. */
export interface Reason {
  readonly code: ReasonCode;
  readonly detail: string;
  readonly say?: Said;
  /** What a purchase held back by a limit would cost: a person's yes is to this price, and to no higher one. */
  readonly offer?: Wholesale;
}

export interface Waiting {
  readonly state: "waiting";
  readonly reason: Reason;
  readonly checkAfterSeconds: number;
}

/** The single answer a step gives. Worker, progress page, staff badge and alert all read it. */
export type Finding<N extends StepName = StepName> =
  | { readonly state: "settled"; readonly facts: Facts[N] }
  | { readonly state: "changes"; readonly changes: readonly Change[] }
  | Waiting
  | {
      readonly state: "blocked";
      readonly reason: Reason;
      readonly checkAfterSeconds?: number;
      /** This verdict could also come from an attempt of our own that is not visible yet (a name "taken" by ourselves). */
      readonly unlessOurs?: true;
    };

/** The whole contract. `inspect` only reads; every write is a Change it returns. */
export interface Step<N extends StepName = StepName> {
  readonly name: N;
  /** What must be settled first, for each want. */
  readonly needs: Readonly<Record<Want, readonly StepName[]>>;
  inspect(tenant: Tenant, want: Want, known: Known): Promise<Finding<N>>;
}

/** Which changes a run may make. */
export type Policy = (change: Change) => boolean;
export const provision: Policy = () => true;
/** What the sweep may do by itself in a finished home: no deletes, nothing that costs money. */
export const heal: Policy = (change) => change.verb !== "delete" && !change.once;
export const lookOnly: Policy = () => false;
