import { spawnSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChildRules } from "@/lib/provisioning/household.ts";
import { ruleShape } from "@/lib/tenants/rule-shape.ts";
import { type RuleSentence, sayRules } from "./say-rules.ts";
import { anyRules } from "./testing/any-rules.ts";

const root = join(import.meta.dirname, "../../..");
const home = "smith.family";
/** Anna is the parent; Ben lives there, and the others elsewhere. */
const others = [
  ...[`@anna:${home}`, `@ben:${home}`, "@ruth:ruth.example", "@tom:jones.family", "@lena:jones.family"],
  ...["@ann:school.example", "@joe:jones.family:8448", "@odd:odd.example"],
];
/** Whoever decides about strangers itself may follow them: rules that say otherwise are none. */
const holds = (rules: ChildRules) => ruleShape.safeParse(rules).success;
const moment = fc
  .integer({ min: 0, max: 7 * 24 * 60 - 1 })
  .map((minutes) => new Date(Date.UTC(2026, 10, 23) + minutes * 60_000));

interface Verdict {
  readonly meets: boolean;
  readonly shares: boolean;
  readonly asks: boolean;
  readonly hidden: boolean;
  readonly rests: boolean;
}

/** Fifteen hundred households are read by another program; on a machine with much else to do that takes its time. */
const patienceMs = 60_000;

/** What the home would do, by the module's own judge. */
function judged(cases: readonly (readonly [ChildRules, Date])[]): Verdict[][] {
  const asked = cases.map(([rules, at]) => ({
    household: { zone: "UTC", parents: ["anna"], children: [{ who: "mia", ...rules }] },
    ...{ others, at: at.toISOString() },
  }));
  const { stdout, stderr, status } = spawnSync(join(root, ".nameplate/python/bin/python"), ["-m", "tests.judging"], {
    cwd: join(root, "workers/homeserver"),
    input: JSON.stringify(asked),
    encoding: "utf8",
    maxBuffer: 100_000_000,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const word = ({ key }: RuleSentence): string => key.split(".").at(-1) ?? "";
const listed = (sentences: readonly RuleSentence[], which: string): readonly string[] =>
  sentences.find((one) => word(one) === which)?.list ?? [];

/** What somebody understands who reads nothing but the sentences. */
function understood(rules: ChildRules, other: string, at: Date): Verdict {
  const said = sayRules(rules);
  const words = Object.values(said).flat().map(word);
  const server = other.slice(other.indexOf(":") + 1);
  const isParent = other === `@anna:${home}`;
  const never = !isParent && [other, server].some((one) => listed(said.never, "never").includes(one));
  const known =
    (words.includes("family") && server === home) ||
    listed(said.write, "people").includes(other) ||
    listed(said.write, "servers").includes(server);
  const meets = isParent || (known && !never);
  return {
    meets,
    shares: words.includes("anyRoom") ? !never : meets,
    asks: words.includes("ask") && !meets && !never,
    hidden: !meets && (never || !words.includes("allow")),
    rests: words.includes("paused") || said.quiet.some((one) => isQuiet(one, at)),
  };
}

/** "From 20:30 to 07:00, beginning on Monday": the night that began on a Monday is over on Tuesday at seven. */
function isQuiet({ values, days = [] }: RuleSentence, at: Date): boolean {
  if (!values) return false;
  const minuteOf = (time: unknown) => {
    const [hours = 0, minutes = 0] = String(time).split(":").map(Number);
    return hours * 60 + minutes;
  };
  const day = 24 * 60;
  const [from, to] = [minuteOf(values["from"]), minuteOf(values["to"])];
  const long = to > from ? to - from : to - from + day;
  // Minutes since Monday, 00:00; the week is a circle.
  const now = ((at.getUTCDay() + 6) % 7) * day + at.getUTCHours() * 60 + at.getUTCMinutes();
  return days.some((one) => (now - ((one - 1) * day + from) + 7 * day) % (7 * day) < long);
}

test(
  "whoever reads the rules of a child knows what its home does: the sentences and the home's own judge agree on every rule",
  () => {
    const cases = fc.sample(fc.tuple(anyRules.filter(holds), moment), 1500);
    const home = judged(cases);
    for (const [n, [rules, at]] of cases.entries())
      expect({ rules, at, verdicts: others.map((other) => understood(rules, other, at)) }).toEqual({
        ...{ rules, at },
        verdicts: home[n],
      });
  },
  patienceMs,
);
