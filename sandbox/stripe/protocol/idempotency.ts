import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { Clock } from "@/lib/clock.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import type { SavedAnswer, State } from "../state/state.ts";
import { ApiError, docUrl, invalid } from "./errors.ts";

/** Stripe may forget a key after a day; the stand-in always does. */
const keptFor = 24 * 3600 * 1000;

/** What makes two requests the same: method, path and parameters, in whatever order these were written. */
export const fingerprintOf = (method: string, path: string, body: string): string =>
  createHash("sha256")
    .update(`${method} ${path}\n${body.split("&").sort().join("&")}`)
    .digest("hex");

/** Gives a saved answer again, and lets one request with a key through at a time. The answer itself is saved with the work. */
export function idempotency(state: State, clock: Clock): MiddlewareHandler<SandboxEnv> {
  const inFlight = new Set<string>();
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (c.req.method !== "POST" || key === undefined) return next();
    if (key.length > 255) throw invalid("Idempotency keys may be at most 255 characters long.");
    const saved = state.answer(key);
    if (saved && clock.now().getTime() - Date.parse(saved.at) < keptFor) {
      const fingerprint = fingerprintOf("POST", c.req.path, await c.req.text());
      if (saved.fingerprint !== fingerprint) throw otherParameters(key);
      return again(saved);
    }
    if (inFlight.has(key)) throw inUse(key);
    inFlight.add(key);
    try {
      await next();
    } finally {
      inFlight.delete(key);
    }
  };

  function again(saved: SavedAnswer): Response {
    const headers = {
      "Content-Type": "application/json",
      "Idempotency-Key": saved.key,
      "Idempotent-Replayed": "true",
      "Original-Request": saved.request,
      "Request-Id": saved.request,
    };
    return new Response(saved.body, { status: saved.status, headers });
  }
}

const otherParameters = (key: string): ApiError =>
  new ApiError(400, {
    type: "idempotency_error",
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });

const inUse = (key: string): ApiError =>
  new ApiError(409, {
    type: "idempotency_error",
    code: "idempotency_key_in_use",
    doc_url: docUrl("idempotency_key_in_use"),
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });
