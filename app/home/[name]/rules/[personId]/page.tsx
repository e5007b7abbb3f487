import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import type { RulesView } from "@/lib/households/rules/describe-rules.ts";
import { choiceOf, readChoice } from "@/lib/households/rules/read-choice.ts";
import { ruleChanges } from "@/lib/households/rules/rule-changes.ts";
import { web } from "@/lib/web.ts";
import { sayer, wrongsOf } from "../../../../_frame/say.ts";
import { titled } from "../../../../_frame/titled.ts";
import { moment } from "../../../../_frame/write.ts";
import { one, type Query } from "../../../../start/_wizard/note.tsx";
import { RuleChanges } from "../../../_parts/rule-changes.tsx";
import { chooseRulesAction } from "./actions.ts";
import { carriedChoice, childIn } from "./choice.ts";
import { Decided } from "./decided.tsx";
import { MoreRules } from "./more-rules.tsx";
import { WhatWeCannot } from "./what-we-cannot.tsx";
import { WhoMayWrite } from "./who-may-write.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string; readonly personId: string }>;
  readonly searchParams: Query;
}

/** What was chosen, and what is wrong with it where it led back here. */
async function formOf({ params, searchParams }: PageProps) {
  const { name, personId } = await params;
  const { child } = await childIn(name, personId);
  const tried = one((await searchParams)["tried"]);
  const carried = tried === "" ? undefined : await carriedChoice(child);
  const read = carried && readChoice(carried, child);
  const wrongs = read && !read.ok ? wrongsOf(read.problems, await sayer()) : [];
  return { name: decodeURIComponent(name), child, tried, choice: carried ?? choiceOf(child), wrongs };
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const { child, wrongs } = await formOf(props);
  const t = await getTranslations("family.rules");
  return titled(t("heading", { given: child.given }), { wrong: wrongs.length > 0 });
}

/** A child's rules, to be chosen. What changes is on the next page. */
export default async function RulesPage(props: PageProps) {
  const { name, child, tried, choice, wrongs } = await formOf(props);
  const [t, frame] = [await getTranslations("family.rules"), await getTranslations("frame")];
  const [growing, consent] = [await getTranslations("family.growing"), await getTranslations("family.consent")];
  const data = await getTranslations("family.data");
  const { given, personId } = child;
  const note = one((await props.searchParams)["note"]);
  return (
    <Stack gap={6} className="wrap wrap--text page">
      {wrongs.length > 0 ? (
        <ErrorSummary key={tried} heading={frame("problems", { n: wrongs.length })} wrongs={wrongs} />
      ) : null}
      <Stack gap={2}>
        <PageHeading quiet={wrongs.length > 0}>{t("heading", { given })}</PageHeading>
        <p className="name muted">{child.id}</p>
      </Stack>
      <Note word={note} name={name} child={child} />
      {child.withdrawn ? <PausedByConsent name={name} child={child} /> : null}
      <form key={`${tried} ${note} ${child.seen}`} className="stack" action={chooseRulesAction} noValidate>
        {/* The first button of a form is the one that Enter presses: Continue, not the first Take off. */}
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
        <input type="hidden" name="home" value={name} />
        <input type="hidden" name="child" value={personId} />
        <input type="hidden" name="seen" value={child.seen} />
        <p>{t("lead")}</p>
        <div className="card">
          <WhoMayWrite child={child} choice={choice} wrongs={wrongs} />
        </div>
        <MoreRules given={given} choice={choice} wrongs={wrongs} />
        <Actions>
          <Button>{frame("next")}</Button>
          <ButtonLink href={`/home/${name}`} kind="quiet">
            {t("leaveIt")}
          </ButtonLink>
        </Actions>
      </form>
      <Stack as="section" gap={3} labelledBy="growing">
        <h2 id="growing">{growing("heading", { given })}</h2>
        <p>
          {growing("linkText", { given })}{" "}
          <Link href={`/home/${name}/rules/${personId}/growing`} prefetch={false}>
            {growing("link", { given })}
          </Link>
        </p>
      </Stack>
      <Stack as="section" gap={3} labelledBy="consent">
        <h2 id="consent">{consent("heading", { given })}</h2>
        <p>
          {consent("linkText", { given })}{" "}
          <Link href={`/home/${name}/rules/${personId}/consent`} prefetch={false}>
            {consent("link")}
          </Link>
        </p>
      </Stack>
      {web().env.STRANGER_NAME === undefined ? null : (
        <TryIt href={`/home/${name}/rules/${personId}/try`} given={given} />
      )}
      <Decided child={child} />
      <p>
        <Link href={`/home/${name}/rules/${personId}/data`} prefetch={false}>
          {data("link", { given })}
        </Link>
      </p>
      <WhatWeCannot child={child} />
    </Stack>
  );
}

/** Why the rules that stand here do not hold just now. */
async function PausedByConsent({ name, child: { given, personId } }: { name: string; child: RulesView }) {
  const t = await getTranslations("family.consent");
  return (
    <Notice tone="wait" icon="clock" heading={t("pausedByIt", { given })}>
      <p>{t("pausedByItText", { given })}</p>
      <p>
        <Link href={`/home/${name}/rules/${personId}/consent`} prefetch={false}>
          {t.rich("seeWithdrawn", { ...rich, given })}
        </Link>
      </p>
    </Notice>
  );
}

/** Whether the rules do what they say is seen on a page of its own. */
async function TryIt({ href, given }: { href: string; given: string }) {
  const t = await getTranslations("family.try");
  return (
    <Stack as="section" gap={3} labelledBy="try">
      <h2 id="try">{t("offer")}</h2>
      <p className="muted">{t("offerText", { given })}</p>
      <Actions>
        <ButtonLink href={href} kind="quiet" icon="shield-check">
          {t("open")}
        </ButtonLink>
      </Actions>
    </Stack>
  );
}

/** The only sentences that the address of this page may name. */
const notes = { saved: "good", same: "wait", changed: "wait", odd: "wait" } as const;

async function Note({ word, name, child }: { word: string; name: string; child: RulesView }) {
  if (!Object.hasOwn(notes, word)) return null;
  const known = word as keyof typeof notes;
  const t = await getTranslations("family.rules");
  const heading = known === "changed" || known === "odd" ? t(`errors.${known}`) : t(`notes.${known}`);
  return (
    <Notice tone={notes[known]} icon={known === "saved" ? "check" : "info"} heading={heading} status>
      {known === "saved" ? (
        <p>
          <Link href={`/home/${name}`} prefetch={false}>
            {t("toFamily")}
          </Link>
        </p>
      ) : null}
      {known === "changed" ? <Changed child={child} /> : null}
    </Notice>
  );
}

/** What the other one decided, before anything is chosen over it. */
async function Changed({ child: { given, began, decided } }: { child: RulesView }) {
  const t = await getTranslations("family.rules");
  const [last, before] = decided;
  if (!last) return null;
  const when = moment(new Date(last.at), web().world.clock.now());
  return (
    <>
      <p>{t("changedBy", { by: last.by || t("somebody"), when })}</p>
      <RuleChanges given={given} changes={ruleChanges(before?.rules ?? began, last.rules)} />
    </>
  );
}
