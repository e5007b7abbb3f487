import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { describeTrial, type TrialView } from "@/lib/households/trials/describe-trial.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../../../_frame/titled.ts";
import { one, type Query } from "../../../../../start/_wizard/note.tsx";
import { childIn } from "../choice.ts";
import { tryRulesAction } from "./actions.ts";
import { TriedLines, WhatIsTried } from "./tried-lines.tsx";
import { WhileItRuns } from "./while-it-runs.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string; readonly personId: string }>;
  readonly searchParams: Query;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { name, personId } = await params;
  const { child } = await childIn(name, personId);
  return titled((await getTranslations("family.try"))("heading", { given: child.given }));
}

/** A stranger of our own tries a child's rules: what will be done, how far it is, and what came of each attempt. */
export default async function TryPage({ params, searchParams }: PageProps) {
  const { name, personId } = await params;
  const { member, child } = await childIn(name, personId);
  if (web().env.STRANGER_NAME === undefined) notFound();
  const trial = await describeTrial(web().world, member, personId);
  const t = await getTranslations("family.try");
  const { given } = child;
  const rulesPath = `/home/${name}/rules/${personId}`;
  const isOpen = trial.state === "wanted" || trial.state === "running";
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <Stack gap={2}>
        <PageHeading>{t("heading", { given })}</PageHeading>
        <p className="name muted">{child.id}</p>
      </Stack>
      <Wrong word={isOpen ? "" : one((await searchParams)["error"])} />
      {isOpen ? <WhileItRuns given={given} tried={trial.tried} /> : <Outcome {...{ given, rulesPath, trial }} />}
      {isOpen ? null : (
        <form action={tryRulesAction}>
          <input type="hidden" name="home" value={decodeURIComponent(name)} />
          <input type="hidden" name="child" value={personId} />
          <Actions>
            {trial.more ? <Button>{t(trial.state === "none" ? "begin" : "again")}</Button> : null}
            <ButtonLink href={rulesPath} kind="quiet">
              {t("back", { given })}
            </ButtonLink>
          </Actions>
          {trial.more ? null : <p className="small muted">{t("errors.often")}</p>}
        </form>
      )}
    </Stack>
  );
}

/** Before the first trial what will be done; afterwards what came of it. */
async function Outcome({ given, rulesPath, trial }: { given: string; rulesPath: string; trial: TrialView }) {
  const t = await getTranslations("family.try");
  if (trial.state === "done") return <TriedLines {...{ given, rulesPath, trial }} />;
  return (
    <>
      {trial.state === "failed" ? (
        <Notice tone="wait" icon="clock" heading={t("failed")} status>
          <p>{t("failedText", { given })}</p>
        </Notice>
      ) : null}
      <WhatIsTried given={given} />
    </>
  );
}

/** The only sentences that the address of this page may name. */
const words = ["away", "often"] as const;

async function Wrong({ word }: { word: string }) {
  const known = words.find((one) => one === word);
  const t = await getTranslations("family.try");
  return known ? <Notice tone="wait" icon="info" heading={t(`errors.${known}`)} status /> : null;
}
