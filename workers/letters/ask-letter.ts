import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/**
 * Somebody asks about a child; undefined once a parent has answered, and while the child is taken out of the home. The room's name is
 * the stranger's own words, and in no letter.
 */
export async function askLetter({ db, webUrl, day, time }: LetterTools, askId: string): Promise<Filling | undefined> {
  const ask = await db.ask.findUnique({ where: { id: askId }, include: { person: { include: { tenant: true } } } });
  if (!ask || ask.answer || ask.person.takenOutAt) return undefined;
  const { person, askedAt } = ask;
  const { name } = person.tenant;
  return {
    as: ask.kind === "wanted" ? "ask-wanted" : "ask-invited",
    ...{ name, given: person.given, other: ask.who },
    ...{ date: day(askedAt), time: time(askedAt), link: `${webUrl}/home/${name}` },
  };
}
