import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { asMuchOf } from "../../../_frame/most-typed.ts";
import { titled } from "../../../_frame/titled.ts";
import { visitor } from "../../../_session/visitor.ts";
import { ReportForm } from "../../../report/report-form.tsx";
import { Reported } from "../../../report/reported.tsx";
import { carriedReport, caseIn, reportWrongs } from "../../../report/typed.ts";
import { one, type Query } from "../../../start/_wizard/note.tsx";
import { insiderOf } from "../../_parts/member.ts";
import { reportSomebodyAction } from "./actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const t = await getTranslations("report");
  return titled(t("family"), { wrong: one((await searchParams)["error"]) !== "" });
}

/** For whoever runs the home and for each parent: a person who troubles the family, here or elsewhere. */
export default async function ReportSomebodyPage({ params, searchParams }: PageProps) {
  const name = decodeURIComponent((await params).name);
  await insiderOf(name);
  const query = await searchParams;
  const said = caseIn(query);
  const t = await getTranslations("report");
  if (said)
    return (
      <div className="wrap page wrap--narrow">
        <Reported {...said} />
      </div>
    );
  const error = one(query["error"]);
  const email = (await visitor())?.email ?? "";
  const typed = error ? await carriedReport() : { about: asMuchOf(one(query["who"])), kind: "", text: "", email };
  const wrongs = await reportWrongs(typed, error);
  return (
    <Stack className="wrap page wrap--narrow">
      <ReportForm action={reportSomebodyAction} home={name} typed={typed} wrongs={wrongs}>
        <PageHeading quiet={wrongs.length > 0}>{t("family")}</PageHeading>
        <p>{t("familyLead")}</p>
        <p>{t("familyHelp")}</p>
        <p>{t("familyElsewhere")}</p>
        <p>{t("danger")}</p>
      </ReportForm>
    </Stack>
  );
}
