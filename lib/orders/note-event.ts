import type { WebhookReader } from "@/lib/billing/ports.ts";
import type { World } from "@/lib/world.ts";

/** Checks a webhook's signature, stores it once by the vendor's event id, and rings. Storing twice is fine, the answer is the same. */
export async function noteEvent(
  world: World,
  reader: WebhookReader,
  rawBody: string,
  signature: string | null,
): Promise<void> {
  const event = reader.read(rawBody, signature);
  await world.db.webhookEvent.createMany({ data: [{ ...event, receivedAt: world.clock.now() }], skipDuplicates: true });
  await world.ring({ kind: "event", eventId: event.id });
}
