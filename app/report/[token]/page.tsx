import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Button } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { TextAreaField } from "@/components/text-area.tsx";
import { lookAtDisagreeing } from "@/lib/reports/disagree.ts";
import { mostText } from "@/lib/reports/read-report.ts";
import { web } from "@/lib/web.ts";
import { sayer, wrongsOf } from "../../_frame/say.ts";
import { titled } from "../../_frame/titled.ts";
import { day, time } from "../../_frame/write.ts";
import { one, type Query } from "../../start/_wizard/note.tsx";
import { disagreeAction } from "../actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
  readonly searchParams: Query;
}

const sightOf = cache((token: string) => lookAtDisagreeing(web().world, token.slice(0, 100)));

export async function generateMetadata(): Promise<Metadata> {
  return titled((await getTranslations("report"))("disagreeHeading"));
}

/** Whoever reported and got an answer says, once, that they see it differently. */
export default async function DisagreePage({ params, searchParams }: PageProps) {
  const { token } = await params;
  const sight = await sightOf(token);
  const t = await getTranslations("report");
  if (!sight) return <Said heading={t("unknown")} text={t("unknownText")} />;
  const { number, dueAt, state } = sight;
  if (state === "over") return <Said heading={t("over", { number })} text={t("overText")} />;
  if (state === "works") return <Ask token={token} number={number} error={one((await searchParams)["error"])} />;
  return (
    <Said heading={t("disagreed")} text={t("disagreedText", { number })}>
      {dueAt ? t("numberText", { date: day(dueAt), time: time(dueAt) }) : undefined}
    </Said>
  );
}

function Said({ heading, text, children }: { heading: string; text: string; children?: string | undefined }) {
  return (
    <Stack>
      <PageHeading>{heading}</PageHeading>
      <p>{text}</p>
      {children ? <Notice tone="brass" icon="clock" heading={children} status /> : null}
    </Stack>
  );
}

/** The only sentences that the address may name. */
const errors = ["why", "tooMany"];

async function Ask({ token, number, error }: { token: string; number: number; error: string }) {
  const [t, frame, say] = [await getTranslations("report"), await getTranslations("frame"), await sayer()];
  const problem = { at: "text", field: { key: "report.text" }, say: { key: `report.errors.${error}` } };
  const wrongs = errors.includes(error) ? wrongsOf([problem], say) : [];
  return (
    <Stack>
      {wrongs.length > 0 ? <ErrorSummary heading={frame("problems", { n: 1 })} wrongs={wrongs} /> : null}
      <PageHeading quiet={wrongs.length > 0}>{t("disagreeHeading")}</PageHeading>
      <p>{t("disagreeLead", { number })}</p>
      <form className="stack stack--4" action={disagreeAction} noValidate>
        <input type="hidden" name="token" value={token} />
        <TextAreaField
          id="text"
          label={t("disagreeText")}
          hint={t("textHint", { most: mostText })}
          maxLength={mostText}
          {...(wrongs[0] ? { wrong: wrongs[0] } : {})}
        />
        <Button wide>{t("send")}</Button>
      </form>
    </Stack>
  );
}
