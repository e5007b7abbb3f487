import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { asMuchOf } from "../_frame/most-typed.ts";
import { titled } from "../_frame/titled.ts";
import { one, type Query } from "../start/_wizard/note.tsx";
import { reportAction } from "./actions.ts";
import { ReportForm } from "./report-form.tsx";
import { Reported } from "./reported.tsx";
import { carriedReport, caseIn, reportWrongs } from "./typed.ts";

interface PageProps {
  readonly searchParams: Query;
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const t = await getTranslations("report");
  return titled(t("heading"), { wrong: one((await searchParams)["error"]) !== "" });
}

/** Anybody reports a page of a family, and needs no account for it. */
export default async function ReportPage({ searchParams }: PageProps) {
  const query = await searchParams;
  const said = caseIn(query);
  if (said) return <Reported {...said} />;
  const error = one(query["error"]);
  const typed = error ? await carriedReport() : { about: asMuchOf(one(query["page"])), kind: "", text: "", email: "" };
  const t = await getTranslations("report");
  const wrongs = await reportWrongs(typed, error);
  return (
    <Stack>
      <ReportForm action={reportAction} typed={typed} wrongs={wrongs}>
        <PageHeading quiet={wrongs.length > 0}>{t("heading")}</PageHeading>
        <p>{t("danger")}</p>
      </ReportForm>
    </Stack>
  );
}
