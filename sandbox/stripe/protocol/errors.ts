import type { PaymentError } from "../objects/payment-intent.ts";

export interface ErrorBody {
  readonly type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  readonly code?: string;
  readonly message: string;
  readonly param?: string;
  readonly decline_code?: string;
  readonly [more: string]: unknown;
}

/**
 * A failure in Stripe's words. Thrown, nothing was done; returned by a route, what was done stands (a refused
 * card leaves a failed charge).
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

export const docUrl = (code: string): string => `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`;

export const invalid = (message: string, more: { code?: string; param?: string } = {}): ApiError =>
  new ApiError(400, {
    type: "invalid_request_error",
    message,
    ...more,
    ...(more.code ? { doc_url: docUrl(more.code) } : {}),
  });

/** `param` is `id` for an id in the path (404), else the parameter that named it (400). */
export const missing = (what: string, id: string, param: string): ApiError =>
  new ApiError(param === "id" ? 404 : 400, {
    type: "invalid_request_error",
    code: "resource_missing",
    doc_url: docUrl("resource_missing"),
    message: `No such ${nameOf(what)}: '${id}'`,
    param,
  });

/** Stripe names a few things in its messages otherwise than in `object`. */
const nameOf = (what: string): string =>
  ({ payment_method: "PaymentMethod", "checkout.session": "checkout.session" })[what] ?? what;

export const parameterMissing = (param: string): ApiError =>
  invalid(`Missing required param: ${param}.`, { code: "parameter_missing", param });

export const unknownParameters = (params: readonly [string, ...string[]]): ApiError =>
  invalid(`Received unknown parameter${params.length > 1 ? "s" : ""}: ${params.join(", ")}`, {
    code: "parameter_unknown",
    param: params[0],
  });

export const noKey = (): ApiError =>
  new ApiError(401, {
    type: "invalid_request_error",
    message:
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
  });

export const wrongKey = (shown: string): ApiError =>
  new ApiError(401, { type: "invalid_request_error", message: `Invalid API Key provided: ${shown}` });

export const notPermitted = (what: string): ApiError =>
  new ApiError(403, {
    type: "invalid_request_error",
    message: `The provided key does not have the required permissions for this endpoint. Having the '${what}' permission would allow this request to continue.`,
  });

export const noSuchUrl = (method: string, path: string): ApiError =>
  new ApiError(404, {
    type: "invalid_request_error",
    message: `Unrecognized request URL (${method}: ${path}). The sandbox's stand-in answers only what its README lists.`,
  });

export const broken = (): ApiError =>
  new ApiError(500, { type: "api_error", message: "An unknown error occurred (planned in the sandbox)." });

export const tooMany = (): ApiError =>
  new ApiError(429, {
    type: "invalid_request_error",
    code: "rate_limit",
    doc_url: docUrl("rate_limit"),
    message: "Request rate limit exceeded (planned in the sandbox).",
  });

/** A refused card, as an API answer. */
export const cardRefused = (error: PaymentError, more: object): ApiError =>
  new ApiError(402, { ...error, type: "card_error", ...more });
