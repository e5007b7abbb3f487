import { daysAfter } from "@/lib/clock.ts";
import type { AskAnswer } from "@/lib/provisioning/ports.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { careOf, type Member } from "../access.ts";
import { whoDecided } from "../who-decided.ts";
import { answerOf, questionsOf } from "./question.ts";

/** Somebody asks about a child. Times are ISO. */
export interface AskView {
  readonly personId: string;
  readonly given: string;
  readonly kind: "invited" | "wanted";
  /** The other's Matrix id. */
  readonly who: string;
  readonly askedAt: string;
  /** Where they asked the child into, as they call it themselves; none for a child's wish. */
  readonly rooms: readonly (string | null)[];
  /** Who that is, as the child says it; empty where it said nothing. */
  readonly words: string;
  readonly answer: AskAnswer | null;
  readonly answeredAt: string | null;
  /** Who decided. */
  readonly by: string;
}

/** For so long the page says what was decided: whoever comes once a week sees what the other parent did. The rules say it for good. */
const shownDays = 7;

/** What waits for an answer, the oldest first, then what was decided lately, the newest first. For each of the parents. */
export async function describeAsks(
  { db, clock }: Pick<World, "db" | "clock">,
  who: Member,
): Promise<readonly AskView[]> {
  const home = await careOf({ db }, who);
  const lately = { answeredAt: { gte: daysAfter(clock.now(), -shownDays) } };
  // Not now is no answer for good: it stays until there is one.
  const asks = await db.ask.findMany({
    where: { tenantId: home.id, person: livesThere, OR: [{ answer: null }, { answer: "later" }, lately] },
    orderBy: [{ askedAt: "asc" }, { id: "asc" }],
    include: { person: { select: { given: true } } },
  });
  const named = await whoDecided(
    db,
    home.id,
    asks.flatMap(({ answeredBy }) => answeredBy ?? []),
  );
  const given = new Map(asks.map(({ personId, person }) => [personId, person.given]));
  const views = questionsOf(asks).map((question): AskView => {
    const [{ personId, kind, who, askedAt, answeredAt, answeredBy }] = question;
    const answer = answerOf(question);
    return {
      ...{ personId, who, answer, given: given.get(personId) ?? "" },
      kind: kind === "wanted" ? "wanted" : "invited",
      askedAt: askedAt.toISOString(),
      words: question.map(({ words }) => words ?? "").find((words) => words !== "") ?? "",
      rooms: question.flatMap(({ room, roomName }) => (room === "" ? [] : [roomName])),
      answeredAt: answer && answeredAt ? answeredAt.toISOString() : null,
      by: answer && answeredBy ? named(answeredBy) : "",
    };
  });
  const decided = views.filter(({ answer }) => answer !== null);
  return [
    ...views.filter(({ answer }) => answer === null),
    ...decided.toSorted((a, b) => ((a.answeredAt ?? "") < (b.answeredAt ?? "") ? 1 : -1)),
  ];
}
