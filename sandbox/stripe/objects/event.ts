import { apiVersion } from "../protocol/version.ts";

/** Who caused an event: an API request, or null for what happens on its own (a payment page, the clock). */
export interface EventRequest {
  readonly id: string | null;
  readonly idempotency_key: string | null;
}

interface Given {
  readonly id: string;
  readonly created: number;
  readonly type: string;
  readonly object: object;
  readonly previous: object | null;
  readonly request: EventRequest;
  /** How many endpoints have not yet acknowledged it. */
  readonly pending: number;
}

export type StripeEvent = ReturnType<typeof eventOf>;
export const eventOf = (given: Given) => ({
  id: given.id,
  object: "event" as const,
  api_version: apiVersion,
  created: given.created,
  data: { object: given.object, ...(given.previous ? { previous_attributes: given.previous } : {}) },
  livemode: false,
  pending_webhooks: given.pending,
  request: given.request,
  type: given.type,
});
