import { careOf, homeOf, type Member } from "@/lib/households/access.ts";
import { hashSecret } from "@/lib/ids.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import type { World } from "@/lib/world.ts";
import { dueAt } from "./due-at.ts";
import { findAbout } from "./find-about.ts";
import type { GivenReport } from "./read-report.ts";
import { reportToken } from "./report-secret.ts";

export interface Case {
  readonly number: number;
  readonly dueAt: Date;
}

/** Somebody who reports from their family's page: who they are, and whether as a parent or as the one who runs the home. */
export type Reporter = Member & { readonly tenantId: string; readonly runs: boolean };

/**
 * Opens a case, and says its number and until when it is answered. The answer is the same whether what it is about exists or
 * not, and whoever is reported is not told.
 */
export async function makeReport(world: World, given: GivenReport, from?: Reporter): Promise<Case> {
  const { db, clock, ids, linkKey } = world;
  const home = from ? await (from.runs ? homeOf : careOf)(world, from) : null;
  const [id, at] = [ids.id("rep"), clock.now()];
  const made = await db.$transaction(async (tx) => {
    const report = await tx.report.create({
      data: {
        ...{ id, at, dueAt: dueAt(at), ...given, ...(await findAbout(tx, given.about)) },
        ...{ userId: from?.userId ?? null, fromId: home?.id ?? null },
        tokenHash: hashSecret(reportToken(linkKey, id)),
      },
    });
    if (given.email)
      await wantMail(tx, world, {
        cause: `report:${id}`,
        kind: "report-kept",
        to: given.email,
        values: { reportId: id },
      });
    return report;
  });
  await world.ring({ kind: "mail" });
  return { number: made.number, dueAt: dueAt(at) };
}
