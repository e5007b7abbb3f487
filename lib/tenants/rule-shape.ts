import { z } from "zod";
import type { ChildRules } from "@/lib/provisioning/household.ts";

/** As many as the home takes (rules.schema.json). */
export const mostContacts = { people: 500, servers: 100 } as const;

export const personId = z
  .string()
  .max(255)
  .regex(/^@[^:\s]+:[A-Za-z0-9.:[\]-]+$/);
export const serverName = z
  .string()
  .max(230)
  .regex(/^[A-Za-z0-9.:[\]-]+$/);
export const timeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);
const days = z
  .array(z.int().min(1).max(7))
  .min(1)
  .max(7)
  .refine((all) => new Set(all).size === all.length);

/** Whether rules can name this person. */
export const isMatrixId = (who: string): boolean => personId.safeParse(who).success;

/** A child's rules where they come in: from a form, or from a row that an earlier release wrote. */
export const ruleShape = z
  .strictObject({
    contacts: z.strictObject({
      family: z.boolean(),
      people: z.array(personId).max(mostContacts.people),
      servers: z.array(serverName).max(mostContacts.servers),
      never: z.array(z.union([personId, serverName])).max(500),
    }),
    stranger: z.enum(["ask", "refuse", "allow"]),
    found: z.boolean(),
    rooms: z.strictObject({ join: z.enum(["contacts", "any"]), create: z.boolean(), publish: z.boolean() }),
    quiet: z.array(z.strictObject({ days, from: timeOfDay, to: timeOfDay })).max(28),
    devices: z.enum(["any", "closed"]),
    uploadMegabytes: z.int().min(0).max(50).nullable(),
    paused: z.boolean(),
  })
  // A stranger's invite that no room may follow would be a promise not kept.
  .refine(({ stranger, rooms }) => stranger !== "allow" || rooms.join === "any") satisfies z.ZodType<ChildRules>;
