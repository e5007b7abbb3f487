import { inviteToken } from "@/lib/households/parents/invite-secret.ts";
import { whoDecided } from "@/lib/households/who-decided.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** To whoever is asked to look after the children of a home, and to its other parent when they have said yes. */
export async function parentLetter(
  { db, webUrl, linkKey, day }: LetterTools,
  kind: "parent-asked" | "parent-joined",
  parentId: string,
): Promise<Filling | undefined> {
  const asked = await db.parent.findUnique({ where: { id: parentId }, include: { tenant: true } });
  if (!asked) return undefined;
  const { given, tenant, askedBy, until, joinedAt, takenBackAt, leftAt } = asked;
  const { name } = tenant;
  if (kind === "parent-joined")
    return joinedAt && !leftAt
      ? { name, given, date: day(joinedAt), link: `${webUrl}/home/${name}/parents` }
      : undefined;
  // A link that works no more is not sent.
  if (joinedAt || takenBackAt) return undefined;
  const by = (await whoDecided(db, tenant.id, [askedBy]))(askedBy);
  return { name, given, by, date: day(until), link: `${webUrl}/parent/${inviteToken(linkKey, parentId)}` };
}

/** To the parent who stays. */
export async function leftLetter(
  { db, webUrl }: LetterTools,
  { tenantId, given }: Readonly<Record<string, string>>,
): Promise<Filling | undefined> {
  const home = await db.tenant.findUnique({ where: { id: tenantId ?? "" } });
  return home ? { name: home.name, given: given ?? "", link: `${webUrl}/home/${home.name}/parents` } : undefined;
}
