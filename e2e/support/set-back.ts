/** What a database that was set back to an earlier moment has forgotten, as whoever restores a backup brings it about. */
import pg from "pg";
import { settings } from "../../scripts/service/layout.ts";
import type { Buyer } from "../journey/buy-home.ts";
import { copy } from "./copy.ts";

export async function inDatabase(
  ...statements: readonly (readonly [sql: string, ...values: string[]])[]
): Promise<void> {
  const client = new pg.Client({ connectionString: settings(copy.layout)["DATABASE_URL"] });
  await client.connect();
  for (const [sql, ...values] of statements) await client.query(sql, values);
  await client.end();
}

/** Sets it back to before this buyer came, and with them up to where the payment vendor's list was read. */
export const forgetBuyer = ({ email }: Pick<Buyer, "email">): Promise<void> =>
  inDatabase(
    [`DELETE FROM "Checkout" WHERE "orderId" IN (SELECT id FROM "Order" WHERE email = $1)`, email],
    [`DELETE FROM "Order" WHERE email = $1`, email],
    [`DELETE FROM "Cursor" WHERE name = 'payments'`],
  );

/** Forgets up to where the registrar's list was read: the next slow round reads it again. */
export const readNamesAgain = (): Promise<void> => inDatabase([`DELETE FROM "Cursor" WHERE name = 'names'`]);
