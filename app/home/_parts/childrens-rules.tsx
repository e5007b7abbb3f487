import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { type Answer, Answers } from "@/components/answers.tsx";
import { Chip } from "@/components/chip.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { describeRules, type RulesView } from "@/lib/households/rules/describe-rules.ts";
import { ruleChanges } from "@/lib/households/rules/rule-changes.ts";
import { sayRules } from "@/lib/households/rules/say-rules.ts";
import { web } from "@/lib/web.ts";
import { RuleWords } from "../../_frame/rule-words.tsx";
import { parentOf } from "./member.ts";

/** What holds for each child of the home, in sentences. */
export async function ChildrensRules({ name }: { name: string }) {
  const children = await describeRules(web().world, await parentOf(name));
  return children.map((child) => <RulesOfChild key={child.personId} name={name} child={child} />);
}

async function RulesOfChild({ name, child }: { name: string; child: RulesView }) {
  const t = await getTranslations("family.rules");
  const { personId, given, rules, withdrawn } = child;
  return (
    <Stack as="section" gap={3} labelledBy={`rules-${personId}`}>
      <div className="card__head">
        <h2 id={`rules-${personId}`}>{t("heading", { given })}</h2>
        <div className="row">
          {rules.paused || withdrawn ? (
            <Chip tone="wait" icon="clock">
              {t("chip")}
            </Chip>
          ) : null}
          <Link className="textbutton" href={`/home/${name}/rules/${personId}`} prefetch={false}>
            {t.rich("change", { ...rich, given })}
          </Link>
        </div>
      </div>
      <Answers answers={await answersOf(name, child)} />
    </Stack>
  );
}

/** Always said; of the other lines only those on which this child's account has left the usual. */
const usual = ["write", "stranger", "rooms", "found"] as const;

async function answersOf(name: string, { given, id, page, rules, began }: RulesView): Promise<readonly Answer[]> {
  const t = await getTranslations("family.rules");
  const said = sayRules(rules);
  const at = `${name}/${id.slice(1, id.indexOf(":"))}`;
  const unusual = ruleChanges(began, rules).map(({ row }) => row);
  const rows = [...usual, ...unusual.filter((row) => !usual.some((one) => one === row))];
  const contactPage = page
    ? { key: "family.rules.say.page", values: { page: at } }
    : { key: "family.rules.say.noPage", values: { page: at } };
  return [
    ...rows.map((row) => ({
      question: t(`rows.${row}`),
      answer: <RuleWords values={{ given }} sentences={row === "found" ? [...said.found, contactPage] : said[row]} />,
    })),
    { question: t("rows.see"), answer: t(`see.${rules.stranger}`, { given }) },
  ];
}
