import type { Tx } from "@/lib/db.ts";
import type { HouseTerms } from "@/lib/generated/prisma/client.ts";

/** The house terms that hold; null where a family has none. */
export function newestHouseTerms(db: Tx, tenantId: string): Promise<HouseTerms | null> {
  return db.houseTerms.findFirst({ where: { tenantId }, orderBy: { nth: "desc" } });
}
