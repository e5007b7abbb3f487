import { whoDecided } from "@/lib/households/who-decided.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** Somebody asked that all we keep of a person is erased; undefined where that was taken back, or waits for nobody any more. */
export async function eraseLetter({ db, webUrl }: LetterTools, personId: string): Promise<Filling | undefined> {
  const person = await db.person.findUnique({ where: { id: personId }, include: { tenant: true } });
  if (!person?.eraseAskedBy || person.takenOutAt) return undefined;
  const { given, tenant, eraseAskedBy: by } = person;
  const asked = by === personId ? given : (await whoDecided(db, tenant.id, [by]))(by);
  return { name: tenant.name, given, by: asked === "" ? "none" : asked, link: `${webUrl}/home/${tenant.name}` };
}
