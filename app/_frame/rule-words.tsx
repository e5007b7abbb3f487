import type { RuleSentence } from "@/lib/households/rules/say-rules.ts";
import { locale } from "@/messages/request.ts";
import { sayer } from "./say.ts";
import { listAll } from "./write.ts";

/** A Monday, from which days of the week are counted. */
const monday = Date.UTC(2024, 0, 1);
const weekdays = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });

const weekday = (day: number): string => weekdays.format(new Date(monday + (day - 1) * 86_400_000));

interface RuleWordsProps {
  /** Whom the sentences name: the child as `given`, or to the child its parents as `owner`. */
  readonly values: { readonly given: string } | { readonly owner: string };
  readonly sentences: readonly RuleSentence[];
}

/** Sentences of a child's rules, each on a line of its own. */
export async function RuleWords({ values, sentences }: RuleWordsProps) {
  const say = await sayer();
  return sentences.map((said) => (
    <span key={said.key + (said.days ?? "")} className="line">
      {say(said, {
        ...values,
        ...(said.list ? { list: listAll(said.list) } : {}),
        ...(said.days ? { days: listAll(said.days.map(weekday)) } : {}),
      })}
    </span>
  ));
}
