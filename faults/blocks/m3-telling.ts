import { at, type Stage } from "../case.ts";
import { fillPaymentPage } from "../world/buyer.ts";
import type { StripeEvent } from "../world/life.ts";
import { stripeKeys } from "../world/vendors.ts";
import type { SimWorld } from "../world/world.ts";

/** The same object, told of as another type: an event is a nudge, and nothing is read from it but ids. */
export const toldAs = (event: StripeEvent, { type, insteadOf }: { type: string; insteadOf?: string }): StripeEvent =>
  event.type === insteadOf ? { ...event, type } : event;

/** A further event about the same object. */
export const alsoToldAs = (event: StripeEvent, type: string): StripeEvent => ({
  ...event,
  type,
  id: `${event.id}_${type}`,
});

/**
 * Between the vendor's answer to `call` and our writing it down, everything happens that can follow from it: a page that was
 * opened is paid, a bank's word comes, the webhook is delivered and a worker follows it.
 */
export function beforeTheAnswer(stage: Stage, call: string): void {
  const { world, life } = stage;
  world.fate = at({ kind: "call", name: call, moment: "after", nth: 1 }, async () => {
    if (call === "desk.open") await fillPaymentPage(world, await openPage(world));
    // Longer than the stand-in's bank takes, shorter than a lease.
    world.clock.pass(5);
    await life.tick();
  });
}

/** The page that was opened last, by the vendor's own list. */
export async function openPage({ vendors }: SimWorld): Promise<string> {
  const request = new Request("http://stripe.test/v1/checkout/sessions?limit=1", {
    headers: { authorization: `Bearer ${stripeKeys.full}` },
  });
  const answer = await vendors.stripe.fetch(request);
  const { data } = (await answer.json()) as { data: { url: string | null }[] };
  const url = data[0]?.url;
  if (!url) throw new Error("No payment page is open");
  return url;
}
