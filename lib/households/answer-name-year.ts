import { z } from "zod";
import { mayAnswer } from "@/lib/billing/name-year.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";

export const yearAnswer = z.object({
  /** Which year of the name: 2 is the first that can cost anything else. */
  year: z.coerce.number().int().min(2).max(1000),
  answer: z.enum(["yes", "no"]),
});
export type YearAnswer = z.output<typeof yearAnswer>;

/**
 * Whoever pays says yes or no to a year of the name that costs much more. Of several answers the last one counts, until what the
 * year costs is fixed; after that nothing is changed.
 */
export async function answerNameYear(world: World, who: Member, { year, answer }: YearAnswer): Promise<void> {
  const { db, clock } = world;
  const { orderId } = await billOf(world, who);
  const now = clock.now();
  const asked = await db.nameYear.findUnique({ where: { orderId_year: { orderId, year } } });
  const said =
    asked && mayAnswer(asked, now)
      ? await db.nameYear.updateMany({
          where: { orderId, year, priceMinor: null },
          data: { answer, answeredAt: now, answeredBy: who.userId },
        })
      : undefined;
  if (!said?.count)
    throw new NameplateError("changed-meanwhile", `Nothing is asked of order ${orderId} for year ${year}`, {
      key: "family.billPage.dearer.fixed",
    });
}
