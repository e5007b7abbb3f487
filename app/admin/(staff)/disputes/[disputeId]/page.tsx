import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { type DisputeView, describeDispute } from "@/lib/staff/describe-dispute.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../../_frame/titled.ts";
import { Act } from "../../../_parts/act.tsx";
import { DisputeEvidence, DisputeFacts } from "../../../_parts/dispute-facts.tsx";
import { Crumbs } from "../../../_parts/family-page.tsx";
import { familyPath } from "../../../_parts/family-table.tsx";
import { found, staffHere } from "../../../_parts/staff-here.ts";

interface PageProps {
  readonly params: Promise<{ readonly disputeId: string }>;
}

const disputeOf = cache(async (disputeId: string): Promise<DisputeView> => {
  const { who } = await staffHere();
  return found(describeDispute(web().world, who, disputeId));
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { name } = await disputeOf((await params).disputeId);
  const [t, dispute] = [await getTranslations("staff"), await getTranslations("staff.dispute")];
  return titled(t("titled", { title: dispute("title", { name }) }));
}

/** A payment that a bank looks at: what it would read from us, and the one button that sends it. */
export default async function DisputePage({ params }: PageProps) {
  const dispute = await disputeOf((await params).disputeId);
  const t = await getTranslations("staff.dispute");
  const { sending, name } = dispute;
  return (
    <Stack className="wrap wrap--staff page page--staff">
      <Crumbs family={{ path: familyPath(dispute), name }} />
      <PageHeading>{t("title", { name })}</PageHeading>
      <Notice
        tone={sending === "may" || sending === "held" ? "bad" : "wait"}
        icon={sending === "may" || sending === "held" ? "hand" : "clock"}
        heading={t(`sendingHead.${sending}`)}
      >
        <p>{t(`sending.${sending}`)}</p>
        {sending === "may" ? (
          <>
            <p className="small">{t("advice")}</p>
            <div>
              <Act act="send-evidence" subject={dispute.id} name={name} />
            </div>
          </>
        ) : null}
      </Notice>
      <div className="staffgrid">
        <DisputeEvidence dispute={dispute} />
        <DisputeFacts dispute={dispute} />
      </div>
    </Stack>
  );
}
