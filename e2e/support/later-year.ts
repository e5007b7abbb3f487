import { inDatabase } from "./set-back.ts";

/**
 * As a worker writes it down when a name's second year is near, which in a real copy takes ten months: £34.20 are asked, where
 * £21.00 were agreed, and the family was told a moment ago.
 */
export const askAboutNextYear = (email: string): Promise<void> =>
  inDatabase([
    `INSERT INTO "NameYear" ("orderId", "year", "beginsAt", "currency", "agreedMinor", "beforeMinor", "askedMinor", "dear",
       "readAt", "announcedAt", "createdAt")
     SELECT "id", 2, "paidAt" + interval '1 year', 'GBP', 2100, 2100, 3420, true, now(), now(), now()
     FROM "Order" WHERE "email" = $1 AND "state" = 'paid' ON CONFLICT DO NOTHING`,
    email,
  ]);
