/**
 * The hands of the steps. Each port is the subset we use, in our own nouns; adapters live in one folder a vendor.
 * Every method may throw `Refused` or `Unreachable` (lib/errors.ts) and nothing else on purpose.
 */
import type { Household } from "./household.ts";
import type { Dweller, Registrant, Wholesale } from "./step.ts";

export interface Registration {
  /** `leaving`: another registrar asked for it, which takes days and may still come to nothing. */
  readonly status: "active" | "pending" | "held" | "lapsing" | "leaving";
  readonly autoRenew: boolean;
  /** ISO time; null where it is not registered yet. */
  readonly registeredAt: string | null;
  /** ISO time, or null while the registry has not set it. */
  readonly expiresAt: string | null;
}

/** A registration on its way, as the registrar's workflow tells it. */
export type RegistrationWorkflow =
  | { readonly state: "running" }
  | { readonly state: "action-required"; readonly sentTo?: string; readonly action?: string }
  | { readonly state: "blocked"; readonly words: string }
  | { readonly state: "failed"; readonly words: string }
  | { readonly state: "succeeded" };

export type Availability =
  | { readonly kind: "available"; readonly price: Wholesale }
  | { readonly kind: "taken" | "premium" | "unsupported" };

export interface Registrar {
  /** Whether the name is ours to administer, read from the registrar's own list; undefined when it does not know it. */
  find(name: string): Promise<Registration | undefined>;
  /** Every name in our account, whoever wanted it. */
  listNames(): Promise<readonly string[]>;
  workflow(name: string): Promise<RegistrationWorkflow | undefined>;
  check(name: string): Promise<Availability>;
  /** What a year's renewal of a name that is ours costs today; undefined where the registrar tells no price. Looks only. */
  renewalPrice(name: string): Promise<Wholesale | undefined>;
  /** Buys. One call is one POST: the SDK's own retries are off. */
  register(name: string, registrant: Registrant): Promise<void>;
  setAutoRenew(name: string, on: boolean): Promise<void>;
}

export interface Zone {
  readonly id: string;
  readonly active: boolean;
  readonly nameServers: readonly string[];
}

/** One address-book line. `ours` is decided by the marker we put on each line we write. */
export interface ZoneRecord {
  readonly id: string;
  readonly type: string;
  /** Full name, such as `www.smith.family`. */
  readonly name: string;
  readonly content: string;
  readonly ours: boolean;
}
export type WantedRecord = Pick<ZoneRecord, "type" | "name" | "content">;

export interface DnsHost {
  findZone(name: string): Promise<Zone | undefined>;
  createZone(name: string): Promise<void>;
  deleteZone(zoneId: string): Promise<void>;
  records(zoneId: string): Promise<readonly ZoneRecord[]>;
  createRecord(zoneId: string, record: WantedRecord): Promise<void>;
  deleteRecord(zoneId: string, recordId: string): Promise<void>;
}

/** A file to be served under a tenant's name: path without leading slash, such as `.well-known/matrix/server`. */
export interface SiteFile {
  readonly path: string;
  readonly content: string;
}

export interface SiteHome {
  /** What is published for this host now; undefined when nothing is. */
  read(host: string): Promise<readonly SiteFile[] | undefined>;
  /** Replaces everything published for this host, all at once. */
  publish(host: string, files: readonly SiteFile[]): Promise<void>;
  withdraw(host: string): Promise<void>;
}

export interface HomeState {
  /** `asleep` is healthy: nobody used it for a while, and the first request to its socket wakes it. */
  readonly state: "running" | "asleep" | "starting" | "stopped" | "failed" | "gone";
  /** Why it is not as wanted: a word of the host's for programs, and a sentence for staff. */
  readonly code?: string;
  readonly reason?: string;
  readonly version?: string;
  /** What it was told about its children, as it stands in its manifest; null where it was told of none. */
  readonly household: unknown;
}

/** The tenant host: many homeservers on one box, each described by a manifest. */
export interface HomeserverHost {
  /** undefined when the host has never heard of it. */
  state(name: string): Promise<HomeState | undefined>;
  /**
   * Hands over what the home needs (its signing key among it, and what holds for its children) and asks for it to run. Waits until it
   * does or sleeps, at most `seconds`. One that runs learns a change of its children's rules within seconds.
   */
  ensureRunning(name: string, needs: HomeNeeds, seconds: number): Promise<void>;
  /** Asks for a home that is there to have no process and to keep everything. Waits until it is so. */
  ensureStopped(name: string): Promise<void>;
  /** The signing key that was handed over for it before, as `signingKey` of its secrets; undefined when none was. */
  handedKey(name: string): Promise<string | undefined>;
  /** Stops it and removes everything it had on the box, database included. */
  remove(name: string): Promise<void>;
  /** The id and public key that the homeserver signs with, read from itself. Wakes one that sleeps. */
  servedKey(name: string): Promise<{ readonly keyId: string; readonly publicKey: string } | undefined>;
}

export interface HomeNeeds {
  readonly secrets: HomeSecrets;
  /** Null where no child lives. */
  readonly household: Household | null;
}

export interface HomeSecrets {
  /** The signing key file's content, `ed25519 a_XXXX BASE64`. */
  readonly signingKey: string;
  readonly registrationSecret: string;
  readonly macaroonSecret: string;
  readonly formSecret: string;
}

/** Where signing keys rest, sealed, before and after they are used. Making one twice for a name is impossible. */
export interface Escrow {
  find(name: string): Promise<EscrowedKey | undefined>;
  create(name: string): Promise<EscrowedKey>;
  /** Locks away a key that is in use already, where ours was lost with a database that was set back. */
  adopt(name: string, signingKey: string): Promise<EscrowedKey>;
  /** Opens the seal: what the tenant host must be given. */
  secretsFor(name: string): Promise<HomeSecrets>;
}
export interface EscrowedKey {
  readonly keyId: string;
  readonly publicKey: string;
}

export interface Account {
  readonly displayName: string | null;
  /** Everything is kept, and nobody gets in. */
  readonly locked: boolean;
  /** For good: no password, no device, in no room. */
  readonly closed: boolean;
  /** Closed with what they sent and uploaded, as far as that lies in this home. */
  readonly erased: boolean;
}

/** Accounts on one tenant's homeserver. The first implementation is Synapse's own passwords (see docs/decisions). */
export interface Accounts {
  /** Undefined when there is none. */
  findAccount(name: string, part: string): Promise<Account | undefined>;
  ensureAccount(name: string, person: Dweller): Promise<void>;
  /** Sets what the person signs in with, and ends every earlier session of theirs. */
  setSecret(name: string, part: string, secret: string): Promise<void>;
  /** Locks an account that is there, or unlocks it: password, devices and rooms are as they were. */
  lockAccount(name: string, part: string, locked: boolean): Promise<void>;
  /** Closes an account that is there for good. What was written to others stays with them. */
  closeAccount(name: string, part: string, how: { readonly erase: boolean }): Promise<void>;
}

/** A question to a child's parents, as their home keeps it. */
export interface HomeAsk {
  /** `invited`: the other wants to write to the child; `wanted`: the child wants to write to the other. */
  readonly kind: "invited" | "wanted";
  /** Local part. */
  readonly child: string;
  /** The other's Matrix id. */
  readonly who: string;
  /** Empty for a wish. */
  readonly room: string;
  readonly roomName: string | null;
  readonly askedAt: Date;
  readonly answer: AskAnswer | null;
  /** When an allowed child was in the room. */
  readonly doneAt: Date | null;
}
/** `later`: not now, and the question stays. */
export type AskAnswer = "allow" | "later" | "never";

export interface HomeAsks {
  /** All questions there ever were, the oldest first. One that sleeps is woken, or left alone: then undefined. */
  list(name: string, sleeping: "wake" | "leave"): Promise<readonly HomeAsk[] | undefined>;
  /**
   * Answers each question about this child and this person; may be repeated. A yes that the home's rules do not hold yet is
   * `Unreachable`, and nothing is done.
   */
  answer(
    name: string,
    asked: { readonly child: string; readonly who: string; readonly answer: AskAnswer },
  ): Promise<void>;
}

/** The edge as a stranger meets it. */
export interface EdgeView {
  /** The certificate shown for a host at an address, verified against the trusted roots; says why not, when not. */
  certificate(
    host: string,
  ): Promise<{ readonly ok: true; readonly validUntil: string } | { readonly ok: false; readonly why: string }>;
}

/** One look from outside, as a federation tester does it. */
export interface OutsideCheck {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}
export interface OutsideView {
  /** Asks the public address book for the name, then everything a friend's server would ask, at every address. */
  look(
    name: string,
    expected: {
      readonly keyId: string;
      readonly addresses: readonly string[];
      /** Ask nothing that only the home itself can answer: it sleeps, and a look must not wake it. */
      readonly asleep?: boolean;
    },
  ): Promise<readonly OutsideCheck[]>;
}
