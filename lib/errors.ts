/** What went wrong, for a program. Each kind has one HTTP status; the words for people are catalogue keys. */
export type ErrorKind =
  | "bad-input"
  | "not-signed-in"
  | "not-yours"
  | "not-found"
  | "changed-meanwhile"
  | "too-often"
  | "unreachable"
  | "refused";

const status: Record<ErrorKind, number> = {
  "bad-input": 400,
  "not-signed-in": 401,
  "not-yours": 403,
  "not-found": 404,
  "changed-meanwhile": 409,
  "too-often": 429,
  refused: 422,
  unreachable: 503,
};

/** The one error type of the product: `message` is for us and the log, `say` for the person in front of the screen. */
export class NameplateError extends Error {
  override readonly name = "NameplateError";
  readonly kind: ErrorKind;
  /** A key of the message catalogue and its values. */
  readonly say: Said | undefined;
  constructor(kind: ErrorKind, message: string, say?: Said, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.say = say;
  }
}

/** A sentence of the message catalogue, not yet in any language. */
export interface Said {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The only mapping from our errors to HTTP. Anything that is not ours is a bug and answers 500. */
export const httpStatus = (error: unknown): number => (error instanceof NameplateError ? status[error.kind] : 500);

/**
 * The vendor answered no: nothing was done, and the same request will not work later. With `Unreachable`
 * the only failure an adapter may report; anything else is a bug and fails loudly.
 */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly vendor: VendorAnswer;
  constructor(message: string, vendor: VendorAnswer, options?: ErrorOptions) {
    super(message, options);
    this.vendor = vendor;
  }
}

/** The vendor could not be asked, or its answer was lost: the thing may or may not have been done. Ask again later. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
  readonly vendor: VendorAnswer;
  /** `none`: the vendor certainly did nothing (it asked us to slow down, or never heard us). */
  readonly effect: "none" | "unknown";
  constructor(message: string, vendor: VendorAnswer, effect: "none" | "unknown" = "unknown", options?: ErrorOptions) {
    super(message, options);
    this.vendor = vendor;
    this.effect = effect;
  }
}

/** What staff need to see of a vendor's answer. */
export interface VendorAnswer {
  readonly vendor: string;
  readonly call: string;
  readonly status?: number;
  readonly requestId?: string;
  /** How long it asked us to wait, or our own budget does. */
  readonly retryAfterSeconds?: number;
  /** Our own budget kept the call back: it was never sent. */
  readonly keptBack?: true;
}

/** Staff wording: vendor, call, answer and request id, then its own words. */
export function inStaffWords(error: Refused | Unreachable): string {
  const { vendor, call, status, requestId, keptBack } = error.vendor;
  const silent = keptBack ? `was not asked for ${call}` : `did not answer ${call}`;
  const answered = status && !keptBack ? `answered ${status} to ${call}` : silent;
  return `${vendor} ${answered}${requestId ? `, request ${requestId}` : ""}: ${error.message}`;
}

/** As much of an error as staff are shown of something that failed; the log has all of it. */
const mostLetters = 500;

/** The same of any error, for a row that keeps why something failed. */
export function wordsOfError(error: unknown): string {
  const words =
    error instanceof Refused || error instanceof Unreachable
      ? inStaffWords(error)
      : error instanceof Error
        ? `${error.name}: ${error.message}`
        : String(error);
  return words.slice(0, mostLetters);
}
