import { cache } from "react";
import type { Wrong } from "@/components/wrong.ts";
import { Refused, type Said, Unreachable } from "@/lib/errors.ts";
import { log } from "@/lib/log.ts";
import { type OtherNames, otherNames } from "@/lib/orders/other-names.ts";
import { web } from "@/lib/web.ts";
import { findBuyer } from "../../../_frame/find-watcher.ts";
import { searching, tooOften } from "../../../_frame/limits.ts";
import { asMuchOf } from "../../../_frame/most-typed.ts";
import { sayer, wrongsOf } from "../../../_frame/say.ts";
import { one, type Query } from "../../../start/_wizard/note.tsx";

/** Other names for the same money, as looked for in the address. */
export interface LostSearch {
  readonly typed: string;
  readonly offers: readonly string[];
  readonly wrongs: readonly Wrong[];
}

/** The input that a sentence belongs to. */
export const searchField = "q";
export const namesField = "names";

export async function lostSearch(query: Awaited<Query>): Promise<LostSearch> {
  return searched(asMuchOf(one(query["q"])), one(query["note"]));
}

/** Asked once a request, for title and page. */
const searched = cache(async (typed: string, note: string): Promise<LostSearch> => {
  const { say, offers } = await find(typed);
  const problem = noteSaid(note) ?? (say ? { at: searchField, say } : undefined);
  // Without a list there is only the field to say it beside.
  const at = offers.length === 0 ? searchField : (problem?.at ?? searchField);
  const problems = problem ? [{ say: problem.say, at, field: { key: "watch.lost.field" } }] : [];
  return { typed, offers, wrongs: wrongsOf(problems, await sayer()) };
});

/** What the last try to choose one left behind, by the word in the address. */
function noteSaid(word: string): { readonly at: string; readonly say: Said } | undefined {
  switch (word) {
    case "none":
      return { at: namesField, say: { key: "watch.lost.none" } };
    case "away":
      return { at: namesField, say: { key: "watch.lost.away" } };
    case "often":
      return { at: namesField, say: { key: "again.often" } };
    default:
      return undefined;
  }
}

async function find(typed: string): Promise<OtherNames> {
  if ((await tooOften(searching)) !== undefined) return { say: { key: "again.often" }, offers: [] };
  try {
    return await otherNames(web().checkout, await findBuyer(), typed);
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
    log.warn({ err: error }, "The registrar does not answer the search for another name");
    return { say: { key: "watch.lost.away" }, offers: [] };
  }
}
