import { whoDecided } from "@/lib/households/who-decided.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** To the parent who did not withdraw or give it. Undefined for a child who is nobody's to look after any more. */
export async function consentLetter(
  { db, webUrl }: LetterTools,
  { personId = "", by = "" }: Readonly<Record<string, string>>,
): Promise<Filling | undefined> {
  const person = await db.person.findUnique({ where: { id: personId }, include: { tenant: true } });
  if (person?.kind !== "child") return undefined;
  const { name } = person.tenant;
  const named = await whoDecided(db, person.tenantId, [by]);
  return { name, given: person.given, by: named(by), link: `${webUrl}/home/${name}/rules/${personId}/consent` };
}
