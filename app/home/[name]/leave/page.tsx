import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { titled } from "../../../_frame/titled.ts";
import { one, type Query } from "../../../start/_wizard/note.tsx";
import { Holds } from "./holds.tsx";
import { leaveHere } from "./leaver.ts";
import { OnItsWay } from "./on-its-way.tsx";
import { WhatHappens } from "./what-happens.tsx";
import { WhyNot } from "./why-not.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

export async function generateMetadata({ params }: Pick<PageProps, "params">): Promise<Metadata> {
  await leaveHere((await params).name);
  return titled((await getTranslations("family.leave"))("heading"));
}

/** Taking the name to another company: what that means, what holds it, how far it is. */
export default async function LeavePage({ params, searchParams }: PageProps) {
  const here = await leaveHere((await params).name);
  const [t, query] = [await getTranslations("family.leave"), await searchParams];
  const { leave } = here;
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <Stack gap={2}>
        <PageHeading>{t("heading")}</PageHeading>
        {leave.state === "left" ? null : <p className="lead">{t("lead", { name: leave.name })}</p>}
      </Stack>
      <WhyNot error={one(query["error"])} />
      {one(query["stopped"]) && leave.state === "none" ? (
        <Notice tone="good" icon="check" heading={t("stopped")} status />
      ) : null}
      {leave.state === "none" ? null : <OnItsWay here={here} sent={one(query["sent"]) !== ""} />}
      <Holds leave={leave} />
      <WhatHappens here={here} />
      {leave.state === "none" && leave.holds.length === 0 ? (
        <div>
          <ButtonLink href={`/home/${leave.name}/leave/ask`}>{t("ask")}</ButtonLink>
        </div>
      ) : null}
    </Stack>
  );
}
