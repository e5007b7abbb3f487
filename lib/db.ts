import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/prisma/client.ts";

export type Db = PrismaClient;
/** What a verb gets inside a transaction. */
export type Tx = Omit<PrismaClient, "$connect" | "$disconnect" | "$on" | "$use" | "$extends" | "$transaction">;

/** Opens the product's database; `most` bounds the connections of this process. */
export function openDb(url: string, most = 10): Db {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: most }) });
}
