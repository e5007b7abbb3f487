import type { RuleSentence } from "@/lib/households/rules/say-rules.ts";
import { locale } from "@/messages/request.ts";
import { sayer } from "../../_frame/say.ts";

/** A Monday, from which days of the week are counted. */
const monday = Date.UTC(2024, 0, 1);
const weekdays = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
const lists = new Intl.ListFormat(locale);

const weekday = (day: number): string => weekdays.format(new Date(monday + (day - 1) * 86_400_000));

/** Sentences of a child's rules, each on a line of its own. */
export async function RuleWords({ given, sentences }: { given: string; sentences: readonly RuleSentence[] }) {
  const say = await sayer();
  return sentences.map((said) => (
    <span key={said.key + (said.days ?? "")} className="line">
      {say(said, {
        given,
        ...(said.list ? { list: lists.format(said.list) } : {}),
        ...(said.days ? { days: lists.format(said.days.map(weekday)) } : {}),
      })}
    </span>
  ));
}
