import Stripe from "stripe";
import { keptBackHeader } from "@/lib/budget.ts";
import { Refused, Unreachable, type VendorAnswer } from "@/lib/errors.ts";

/** Ten seconds a call; two retries by the SDK, which sends the same idempotency key each time. */
const timeout = 10_000;

/** `url` only in the sandbox: the stand-in's address. `transport` only where the vendor is in our own process. */
export function openStripe(key: string, url: string | undefined, transport?: typeof fetch): Stripe {
  const common = {
    timeout,
    maxNetworkRetries: 2,
    telemetry: false,
    ...(transport ? { httpClient: Stripe.createFetchHttpClient(transport) } : {}),
  } as const;
  if (!url) return new Stripe(key, common);
  const { hostname, port, protocol } = new URL(url);
  return new Stripe(key, { ...common, host: hostname, port, protocol: protocol === "http:" ? "http" : "https" });
}

export async function ask<T>(call: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw sorted(call, error);
  }
}

/** The same, but "no such object" is an answer. */
export async function askOrNothing<T>(call: string, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing") return undefined;
    throw sorted(call, error);
  }
}

function sorted(call: string, error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  const answer = {
    vendor: "Stripe",
    call,
    ...(error.statusCode ? { status: error.statusCode } : {}),
    ...(error.requestId ? { requestId: error.requestId } : {}),
    ...retryAfterOf(error),
  };
  // An earlier try of the SDK's may have been heard all the same; it had the same key, so asking again is harmless.
  if (error instanceof Stripe.errors.StripeRateLimitError || neverHeard(error.detail))
    return new Unreachable(error.message, answer, "none", { cause: error });
  const unknown =
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeAPIError ||
    (error.statusCode ?? 500) >= 500;
  if (unknown) return new Unreachable(error.message, answer, "unknown", { cause: error });
  return new Refused(error.message, answer, { cause: error });
}

/** Nobody listened. The SDK keeps what it met as the error's detail; a transport may wrap that in several causes. */
function neverHeard(met: unknown): boolean {
  if (!(met instanceof Error)) return false;
  return ("code" in met && met.code === "ECONNREFUSED") || neverHeard(met.cause);
}

/** How long we are asked to wait, by it or by our own budget (lib/budget.ts). */
function retryAfterOf({ statusCode, headers }: Stripe.errors.StripeError): Partial<VendorAnswer> {
  const seconds = Number.parseInt(headers?.["retry-after"] ?? "", 10);
  return {
    ...(statusCode === 429 && seconds >= 0 ? { retryAfterSeconds: seconds } : {}),
    ...(headers?.[keptBackHeader] ? { keptBack: true } : {}),
  };
}
