import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Answers } from "@/components/answers.tsx";
import { Notice } from "@/components/notice.tsx";
import { Stack } from "@/components/stack.tsx";
import type { ConsentView } from "@/lib/households/consent/describe-consents.ts";
import { countryName } from "@/lib/orders/deed/countries.ts";
import { locale } from "@/messages/request.ts";
import { day, time } from "../../../../../_frame/write.ts";

interface AgreedProps {
  readonly child: ConsentView;
  readonly name: string;
  /** Whether the reader runs the home, and so can take the child out of it. */
  readonly runs: boolean;
}

/** The record, and whether it was withdrawn; nothing where there is none. */
export async function WhatWasAgreed({ child: { given, newest }, name, runs }: AgreedProps) {
  if (!newest) return null;
  const t = await getTranslations("family.consent");
  const { text, by, at, method, country, withdrawn } = newest;
  const when = (iso: string) => t("moment", { date: day(new Date(iso)), time: time(new Date(iso)) });
  return (
    <>
      {withdrawn ? (
        <Notice tone="wait" icon="clock" heading={t("withdrawn", { given })}>
          <p>{t("withdrawnBy", { by: withdrawn.by, when: when(withdrawn.at) })}</p>
          <p>{t.rich("leaveFor", { given, link: (words) => <TakeOut {...{ name, runs }}>{words}</TakeOut> })}</p>
        </Notice>
      ) : null}
      <Stack as="section" gap={3} labelledBy="agreed">
        <h2 id="agreed">{t("agreedHeading")}</h2>
        <Answers
          answers={[
            { question: t("rows.words"), answer: text },
            { question: t("rows.by"), answer: by },
            { question: t("rows.at"), answer: when(at) },
            { question: t("rows.how"), answer: t(`methods.${method}`, { given }) },
            { question: t("rows.where"), answer: countryName(country, locale) },
          ]}
        />
      </Stack>
    </>
  );
}

/** A link for whoever can do it; for another parent the words alone. */
function TakeOut({ name, runs, children }: { name: string; runs: boolean; children: ReactNode }) {
  return runs ? (
    <Link href={`/home/${name}#people`} prefetch={false}>
      {children}
    </Link>
  ) : (
    children
  );
}
