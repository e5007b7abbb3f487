import { mineToken } from "@/lib/households/mine/mine-secret.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** Into somebody's own app: the link to their own page; undefined when it was used, they live there no more, or have answered what it is about. */
export async function mineLetter(
  { db, webUrl, linkKey }: LetterTools,
  { linkId = "", personId = "", nth }: Readonly<Record<string, string>>,
): Promise<Filling | undefined> {
  if (nth && (await db.houseAcceptance.count({ where: { personId, nth: Number(nth) } })) > 0) return undefined;
  const link = await db.link.findUnique({ where: { id: linkId } });
  const person = await db.person.findFirst({ where: { id: personId, ...livesThere }, include: { tenant: true } });
  if (!link || link.usedAt || !person) return undefined;
  const { name } = person.tenant;
  return { name, id: `@${person.part}:${name}`, link: `${webUrl}/mine/open/${mineToken(linkKey, linkId)}` };
}
