/**
 * Every word with which a step says why it is not settled. Pages, mails, staff and alerts all read this one list, and the
 * catalogue has sentences for each (messages/reasons.test.ts): a word that is not here does not compile.
 */

/** Who moves on what a reason holds up: `itself`: nobody need; `owner`: only the buyer can; `staff`: a person of ours. */
export type Mover = "itself" | "owner" | "staff";

export interface ReasonKind {
  readonly mover: Mover;
  /** Not held up at all: the step is simply at work, and people see "under way". */
  readonly atWork?: true;
  /** What staff press: it looks, looks and does what is missing, or says yes to a purchase. */
  readonly press: "look" | "try-again" | "allow-purchase";
}

const atWork = { mover: "itself", atWork: true, press: "look" } as const;
const waits = { mover: "itself", press: "look" } as const;
const owners = { mover: "owner", press: "look" } as const;
const ours = { mover: "staff", press: "try-again" } as const;
const limit = { mover: "staff", press: "allow-purchase" } as const;

/** What a home fails with, as its host says (workers/homeserver/nameplate_homes/codes.py). Most mend themselves once their cause is gone. */
const ofHomes = {
  "bad-manifest": ours,
  "no-key": ours,
  "no-secrets": ours,
  "no-edge-ca": ours,
  "no-user": ours,
  database: ours,
  crashed: ours,
  "out-of-memory": ours,
  runaway: ours,
  "already-running": ours,
  "no-process": ours,
  "no-such-version": ours,
  clerk: ours,
  /** The host gave no word, or one that is newer than we are. */
  "home-failed": ours,
} as const satisfies Record<string, ReasonKind>;

export const reasons = {
  needs: atWork,
  starting: atWork,
  "not-visible-yet": atWork,
  "registry-running": atWork,
  accepted: atWork,
  "no-certificate": atWork,
  "not-seen-yet": atWork,
  "zone-pending": atWork,

  "no-zone": waits,
  unreachable: waits,
  /** As many calls as a vendor allows are made already: it goes on when its turn comes. */
  busy: waits,
  doubt: waits,
  "registry-held": waits,

  "confirm-email": owners,
  "registry-refused": { ...owners, press: "try-again" },

  /** An error that no adapter may report: we try again by ourselves, and a person looks into it. */
  bug: { mover: "staff", press: "look" },
  /** A vendor, or a machine of ours, gave no answer for a day. We go on asking. */
  "away-for-a-day": ours,
  refused: ours,
  "doubt-twice": ours,
  "accepted-not-visible": { ...ours, press: "look" },
  vanished: ours,
  "registry-status": ours,
  "name-lost": ours,
  theirs: ours,
  "wrong-key": ours,
  "price-changed": limit,
  "above-cap": limit,
  "card-risk": limit,
  "card-limit": limit,

  ...ofHomes,
} as const satisfies Record<string, ReasonKind>;

export type ReasonCode = keyof typeof reasons;
export type HomeCode = keyof typeof ofHomes;

export const reasonCodes = Object.keys(reasons) as ReasonCode[];
export const homeCodes = Object.keys(ofHomes) as HomeCode[];

/** A stored finding may be older than this list. */
export const isReasonCode = (word: string): word is ReasonCode => Object.hasOwn(reasons, word);
export const isHomeCode = (word: string): word is HomeCode => Object.hasOwn(ofHomes, word);

/** The words of one kind, for a set or a query. */
export const codesThat = (is: (kind: ReasonKind) => boolean): ReasonCode[] =>
  reasonCodes.filter((code) => is(reasons[code]));
