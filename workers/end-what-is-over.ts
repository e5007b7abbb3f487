import { forgetSignIns, linksToForget } from "@/lib/auth/forget-sign-ins.ts";
import { daysAfter } from "@/lib/clock.ts";
import { forgetConsents } from "@/lib/households/consent/forget-consents.ts";
import { endLeaves } from "@/lib/households/end-leaves.ts";
import { forgetTakenOut } from "@/lib/households/forget-taken-out.ts";
import { growUp } from "@/lib/households/growing/grow-up.ts";
import { forgetParents, forgottenSince } from "@/lib/households/parents/forget-parents.ts";
import { forgetDrafts } from "@/lib/orders/forget-drafts.ts";
import { forgetReports, toForgetSince } from "@/lib/reports/forget-reports.ts";
import { codeDays } from "@/lib/tenants/leave-rules.ts";
import { tooLateSince } from "@/lib/tenants/lives-there.ts";
import { tryEach } from "@/lib/try-each.ts";
import type { World } from "@/lib/world.ts";

/** What has its day, weeks or years ahead, and whether that day has come for anybody. */
type Over = Readonly<Record<keyof typeof works, boolean>>;

const works = {
  codes: endLeaves,
  grown: growUp,
  takenOut: forgetTakenOut,
  parents: forgetParents,
  consents: forgetConsents,
  reports: forgetReports,
  drafts: forgetDrafts,
  signIns: forgetSignIns,
} as const satisfies Readonly<Record<string, (world: World) => Promise<unknown>>>;

/** Ends whatever was given a time and has had it. One question finds whose that is, for most rounds find nobody's. */
export async function endWhatIsOver(world: World): Promise<void> {
  const over = await findOver(world);
  const due = Object.entries(works).filter(([what]) => over[what as keyof Over]);
  await tryEach(due, ([, work]) => work(world));
}

/** Each verb asks once more, and more exactly, before it ends anything. */
async function findOver({ db, clock }: World): Promise<Over> {
  const now = clock.now();
  const links = linksToForget(now);
  const [over] = await db.$queryRaw<Over[]>`SELECT
    EXISTS (SELECT 1 FROM "NameLeave" WHERE "open" IS NOT NULL AND "givenAt" <= ${daysAfter(now, -codeDays)}) AS "codes",
    EXISTS (SELECT 1 FROM "Person" WHERE "nextGrowthAt" <= ${now} AND "takenOutAt" IS NULL) AS "grown",
    EXISTS (SELECT 1 FROM "Person" WHERE "goneAt" IS NULL
      AND ("takenOutAt" <= ${tooLateSince(now)} OR ("eraseAskedAt" IS NOT NULL AND "takenOutAt" IS NOT NULL))) AS "takenOut",
    EXISTS (SELECT 1 FROM "Parent" WHERE "email" <> ''
      AND (("joinedAt" IS NULL AND "until" <= ${forgottenSince(now)}) OR "leftAt" <= ${forgottenSince(now)})) AS "parents",
    EXISTS (SELECT 1 FROM "Consent" WHERE "keptUntil" <= ${now}) AS "consents",
    EXISTS (SELECT 1 FROM "Report" WHERE "answeredAt" <= ${toForgetSince(now)} AND "dueAt" IS NULL AND "forgottenAt" IS NULL) AS "reports",
    EXISTS (SELECT 1 FROM "Order" WHERE "state" = 'draft' AND "expiresAt" <= ${now}) AS "drafts",
    EXISTS (SELECT 1 FROM "Session" WHERE "expiresAt" <= ${now})
      OR EXISTS (SELECT 1 FROM "Verification" WHERE "expiresAt" <= ${now})
      OR EXISTS (SELECT 1 FROM "Link" WHERE "purpose" = ANY(${links.purposes}) AND "expiresAt" <= ${links.since}) AS "signIns"`;
  if (!over) throw new Error("The database did not say what is over");
  return over;
}
