import { getTranslations } from "next-intl/server";
import { Bullets } from "@/components/bullets.tsx";
import { Chip, type Tone } from "@/components/chip.tsx";
import type { IconName } from "@/components/icon.tsx";
import { Notice } from "@/components/notice.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { attempts } from "@/lib/households/trials/attempts.ts";
import type { TrialView } from "@/lib/households/trials/describe-trial.ts";
import type { Outcome, Result } from "@/lib/households/trials/result.ts";
import { day, time } from "../../../../../_frame/write.ts";

/** All of it, before the button. */
export async function WhatIsTried({ given }: { given: string }) {
  const t = await getTranslations("family.try");
  return (
    <>
      <Stack gap={3}>
        <p>{t("lead", { given })}</p>
        <p>{t("leadReal", { given })}</p>
        <p>{t("leadAfter", { given })}</p>
      </Stack>
      <Stack as="section" gap={3} labelledBy="what">
        <h2 id="what">{t("what")}</h2>
        <Bullets
          points={attempts.map((attempt) => ({ icon: "user-round", text: t(`attempts.${attempt}`, { given }) }))}
        />
      </Stack>
    </>
  );
}

const looks: Readonly<Record<Outcome, { readonly tone: Tone; readonly icon: IconName }>> = {
  held: { tone: "good", icon: "check" },
  allowed: { tone: "brass", icon: "info" },
  through: { tone: "bad", icon: "triangle-alert" },
  untried: { tone: "wait", icon: "clock" },
};
/** What is said above all lines is about the first of these that there is. */
const weightiest = ["through", "allowed", "untried", "held"] as const;

interface TriedProps {
  readonly given: string;
  readonly rulesPath: string;
  readonly trial: TrialView;
}

/** What came of each attempt, and when it was tried. */
export async function TriedLines({ given, rulesPath, trial }: TriedProps) {
  const { results, doneAt, outdated } = trial;
  const t = await getTranslations("family.try");
  const worst = weightiest.find((one) => results.some(({ outcome }) => outcome === one)) ?? "untried";
  const n = results.filter(({ outcome }) => outcome === worst).length;
  const at = new Date(doneAt ?? 0);
  return (
    <>
      <Notice {...looks[worst]} heading={t(`whole.${worst}`, { given, n })} status>
        <p>{t(`wholeText.${worst}`, { given })}</p>
        <p className="small muted">{t("triedAt", { date: day(at), time: time(at) })}</p>
        {outdated ? <p>{t("outdated")}</p> : null}
      </Notice>
      <ol className="people card card--rows" aria-label={t("whatLabel")}>
        {results.map((result) => (
          <Line key={result.attempt} given={given} result={result} />
        ))}
      </ol>
      {/* A plain link: after a change of screen the heading takes the focus, and the page would jump back to it. */}
      <p>{t.rich("limits", { ...rich, link: (words) => <a href={`${rulesPath}#cannot`}>{words}</a> })}</p>
    </>
  );
}

async function Line({ given, result: { attempt, outcome, seen } }: { given: string; result: Result }) {
  const t = await getTranslations("family.try");
  const { tone, icon } = looks[outcome];
  return (
    <li className="person person--plain">
      <div className="person__who">
        <b>{t(`attempts.${attempt}`, { given })}</b>
        <span className="person__note">
          {t(`seen.${seen}`, { given, attempt })} {outcome === "allowed" ? t("ruled", { given }) : null}
        </span>
      </div>
      <div className="person__do">
        <Chip tone={tone} icon={icon}>
          {t(`outcomes.${outcome}`)}
        </Chip>
      </div>
    </li>
  );
}
