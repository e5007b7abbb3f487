import { z } from "zod";
import type { Bell } from "@/lib/world.ts";

/** A bell says what to look at, by ids alone: what there is to see stands in PostgreSQL, and no secret passes through Redis. */
export const bellShape: z.ZodType<Bell> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("tenant"), tenantId: z.string() }),
  z.strictObject({ kind: z.literal("look"), tenantId: z.string() }),
  z.strictObject({ kind: z.literal("asks"), tenantId: z.string() }),
  z.strictObject({ kind: z.literal("trial"), trialId: z.string() }),
  z.strictObject({ kind: z.literal("order"), orderId: z.string() }),
  z.strictObject({ kind: z.literal("bill"), customerId: z.string() }),
  z.strictObject({ kind: z.literal("mail") }),
  z.strictObject({ kind: z.literal("event"), eventId: z.string() }),
]);

/** The same bell has the same id: it is in the queue once, and has one row when it cannot be answered. */
export const bellId = (bell: Bell): string => `${bell.kind}-${Object.values(bell).slice(1).join("-")}`;
