import Stripe from "stripe";
import type { WebhookReader } from "@/lib/billing/ports.ts";
import type { Clock } from "@/lib/clock.ts";
import { NameplateError } from "@/lib/errors.ts";
import { idOf } from "./checkout-desk.ts";
import { whose } from "./ledger.ts";

/** Two secrets are known while one is being replaced. Nothing of the body is used but ids: a webhook is a nudge. */
export function stripeWebhookReader(stripe: Stripe, secrets: readonly string[], clock: Clock): WebhookReader {
  return {
    read(rawBody, signature) {
      const event = secrets
        .map((secret) => verified(stripe, rawBody, { signature, secret, now: clock.now() }))
        .find((one) => one !== undefined);
      if (!event) throw new NameplateError("bad-input", "The webhook's signature does not hold");
      const object = event.data.object as {
        id?: unknown;
        object?: unknown;
        customer?: unknown;
        payment_intent?: unknown;
        client_reference_id?: unknown;
        metadata?: Record<string, string> | null;
      };
      const reference =
        typeof object.client_reference_id === "string" ? object.client_reference_id : object.metadata?.["orderId"];
      return {
        id: event.id,
        type: event.type,
        objectId: typeof object.id === "string" ? idOf(object.id) : null,
        orderId: reference ?? null,
        ...whose(object),
      };
    },
  };
}

/** How old a signature may be, in seconds: the vendor's own default, against events that somebody kept and sends again. */
const tolerance = 300;

function verified(
  stripe: Stripe,
  rawBody: string,
  { signature, secret, now }: { signature: string | null; secret: string; now: Date },
): Stripe.Event | undefined {
  try {
    // In milliseconds, unlike the tolerance.
    return stripe.webhooks.constructEvent(rawBody, signature ?? "", secret, tolerance, undefined, now.getTime());
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError)
      return undefined;
    throw error;
  }
}
