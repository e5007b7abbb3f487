import Cloudflare from "cloudflare";
import { keptBackHeader } from "@/lib/budget.ts";
import { Refused, Unreachable, type VendorAnswer } from "@/lib/errors.ts";

export interface Account {
  readonly client: Cloudflare;
  readonly accountId: string;
}

/** Ten seconds a call: the registrar's own wait window for a registration is shorter. */
const timeoutMs = 10_000;

/**
 * For a call that only looks: the SDK may ask once more. It never repeats a write: a purchase would be sent twice, and
 * a record whose answer was lost would be refused as being there already.
 */
export const looking = { maxRetries: 1 } as const;

export interface CloudflareSettings {
  readonly token: string;
  readonly accountId: string;
  /** Only in the sandbox: the stand-in's address. */
  readonly url: string | undefined;
  /** Only where the vendor is in our own process. */
  readonly transport?: typeof fetch;
}

export function openCloudflare({ token, accountId, url, transport }: CloudflareSettings): Account {
  // A blank address would fall back to the vendor's own.
  const client = new Cloudflare({
    apiToken: token,
    timeout: timeoutMs,
    maxRetries: 0,
    ...(url ? { baseURL: `${url}/client/v4` } : {}),
    ...(transport ? { fetch: transport } : {}),
  });
  return { client, accountId };
}

/** Runs one call; turns its failures into the only two an adapter may report. */
export async function ask<T>(call: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw sorted(call, error);
  }
}

/** The same, but "not found" is an answer. */
export async function askOrNothing<T>(call: string, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Cloudflare.NotFoundError) return undefined;
    throw sorted(call, error);
  }
}

/** Answers that say "later": the effect of a write is unknown unless we were told to slow down. */
const later = new Set([408, 409, 425, 429]);

function sorted(call: string, error: unknown): unknown {
  if (error instanceof Cloudflare.APIConnectionError) {
    const effect = neverHeard(error) ? "none" : "unknown";
    return new Unreachable(error.message, { vendor: "Cloudflare", call }, effect, { cause: error });
  }
  // A body that is cut off or is no JSON comes as a SyntaxError: we cannot know what was done.
  if (error instanceof SyntaxError)
    return new Unreachable("The answer could not be read", { vendor: "Cloudflare", call }, "unknown", { cause: error });
  if (!(error instanceof Cloudflare.APIError) || typeof error.status !== "number") return error;
  const status: number = error.status;
  const answer = { vendor: "Cloudflare", call, status, ...requestIdOf(error), ...retryAfterOf(error) };
  const words = wordsOf(error);
  if (status >= 500 || later.has(status))
    return new Unreachable(words, answer, status === 429 ? "none" : "unknown", { cause: error });
  return new Refused(words, answer, { cause: error });
}

/** Nobody listened: the SDK wraps that in several causes. */
function neverHeard(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === "ECONNREFUSED") || neverHeard(error.cause);
}

function requestIdOf(error: InstanceType<typeof Cloudflare.APIError>): { requestId?: string } {
  const id = error.headers?.get("cf-ray");
  return id ? { requestId: id } : {};
}

/** How long we are asked to wait, by it or by our own budget (lib/budget.ts). */
function retryAfterOf(error: InstanceType<typeof Cloudflare.APIError>): Partial<VendorAnswer> {
  const seconds = Number.parseInt(error.headers?.get("retry-after") ?? "", 10);
  return {
    ...(error.status === 429 && seconds >= 0 ? { retryAfterSeconds: seconds } : {}),
    ...(error.headers?.get(keptBackHeader) ? { keptBack: true } : {}),
  };
}

/** The vendor's own sentences; its error codes for registrations are not published and nothing may depend on them. */
function wordsOf(error: InstanceType<typeof Cloudflare.APIError>): string {
  const said = error.errors?.map((one: { message?: string }) => one.message).filter(Boolean);
  return said?.length ? said.join("; ") : error.message;
}
