import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { consentMissing } from "../../../../../_frame/consent-words.ts";
import { titled } from "../../../../../_frame/titled.ts";
import { one, type Query } from "../../../../../start/_wizard/note.tsx";
import { AgeThere } from "./age-there.tsx";
import { Agree } from "./agree.tsx";
import { consentIn } from "./consent.ts";
import { WhatWasAgreed } from "./what-was-agreed.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string; readonly personId: string }>;
  readonly searchParams: Query;
}

/** The child, and what is missing where the button led back here. */
async function formOf({ params, searchParams }: PageProps) {
  const { name, personId } = await params;
  const { child, member } = await consentIn(name, personId);
  const tried = one((await searchParams)["tried"]);
  const agrees = child.newest ? child.newest.withdrawn !== null : child.asked;
  const wrongs = tried !== "" && agrees ? [await consentMissing([child.given])] : [];
  return { name: decodeURIComponent(name), child, runs: member.runs, tried, agrees, wrongs };
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const { child, wrongs } = await formOf(props);
  const t = await getTranslations("family.consent");
  return titled(t("heading", { given: child.given }), { wrong: wrongs.length > 0 });
}

/** What was agreed to for a child, by whom, when and how; and the way to agree, or to take it back. */
export default async function ConsentPage(props: PageProps) {
  const { name, child, runs, tried, agrees, wrongs } = await formOf(props);
  const [t, frame] = [await getTranslations("family.consent"), await getTranslations("frame")];
  const { given, personId, newest, asked } = child;
  const path = `/home/${name}/rules/${personId}`;
  return (
    <Stack gap={6} className="wrap wrap--text page">
      {wrongs.length > 0 ? (
        <ErrorSummary key={tried} heading={frame("problems", { n: wrongs.length })} wrongs={wrongs} />
      ) : null}
      <Stack gap={2}>
        <PageHeading quiet={wrongs.length > 0}>{t("heading", { given })}</PageHeading>
        <p className="name muted">{child.id}</p>
      </Stack>
      <Note word={one((await props.searchParams)["note"])} />
      {newest ? null : asked ? <p>{t("missingText", { given })}</p> : <p>{t("old", { given })}</p>}
      <WhatWasAgreed child={child} name={name} runs={runs} />
      {agrees ? <Agree key={tried} name={name} child={child} wrong={wrongs[0]} /> : null}
      {newest && !newest.withdrawn && newest.method !== "own" ? (
        <Stack as="section" gap={3} labelledBy="mind">
          <h2 id="mind">{t("withdrawHeading")}</h2>
          <p>{t("withdrawText")}</p>
          <Actions>
            <ButtonLink href={`${path}/consent/withdraw`} kind="quiet">
              {t("withdraw")}
            </ButtonLink>
          </Actions>
        </Stack>
      ) : null}
      <AgeThere child={child} />
      <p>
        <Link href={path} prefetch={false}>
          {t("toRules", { given })}
        </Link>
      </p>
    </Stack>
  );
}

/** The only sentences that the address of this page may name. */
const notes = { given: "good", withdrawn: "good", changed: "wait", odd: "wait" } as const;

async function Note({ word }: { word: string }) {
  if (!Object.hasOwn(notes, word)) return null;
  const known = word as keyof typeof notes;
  const t = await getTranslations("family.consent");
  const heading = known === "changed" || known === "odd" ? t(`errors.${known}`) : t(`notes.${known}`);
  return <Notice tone={notes[known]} icon={notes[known] === "good" ? "check" : "info"} heading={heading} status />;
}
