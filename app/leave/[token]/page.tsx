import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Button } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { type LeaveByLink, lookAtLeaveLink } from "@/lib/households/stop-leave.ts";
import { web } from "@/lib/web.ts";
import { BarePage } from "../../_frame/bare-page.tsx";
import { titled } from "../../_frame/titled.ts";
import { writeToUs } from "../../_frame/write-to-us.tsx";
import { stopByLinkAction } from "../actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
}

const leaveOf = cache((token: string): Promise<LeaveByLink> => lookAtLeaveLink(web().world, token));

async function heading({ state, name }: LeaveByLink): Promise<string> {
  const t = await getTranslations("family.leave.stopPage");
  return state === "open" ? t("heading", { name }) : t(state);
}

export const generateMetadata = async ({ params }: PageProps): Promise<Metadata> =>
  titled(await heading(await leaveOf((await params).token)));

/** Opening the link only looks: mail scanners open it too. The button stops it. */
export default async function StopPage({ params }: PageProps) {
  const { token } = await params;
  const [t, help, leave] = [
    await getTranslations("family.leave.stopPage"),
    await getTranslations("help"),
    await leaveOf(token),
  ];
  return (
    <BarePage>
      <Stack className="wrap page wrap--narrow">
        <PageHeading>{await heading(leave)}</PageHeading>
        {leave.state === "open" ? (
          <form className="stack" action={stopByLinkAction}>
            <p className="muted">{t("text")}</p>
            <input type="hidden" name="token" value={token} />
            <Button wide>{t("button")}</Button>
          </form>
        ) : (
          <>
            <p>{t(`${leave.state}Text`)}</p>
            <p>{help.rich("write", { ...rich, ...writeToUs() })}</p>
          </>
        )}
      </Stack>
    </BarePage>
  );
}
