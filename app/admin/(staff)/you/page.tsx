import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { Dialog } from "@/components/dialog.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { describeWaysIn, type WaysIn } from "@/lib/staff/describe-ways-in.ts";
import { web } from "@/lib/web.ts";
import { SignOut } from "../../../_session/sign-out.tsx";
import { OwnPasskeys } from "../../../home/_parts/own-passkeys.tsx";
import { one, type Query } from "../../../start/_wizard/note.tsx";
import { staffHere } from "../../_parts/staff-here.ts";
import { staffTitle } from "../../_parts/staff-title.ts";
import { beginAppAction, removeAppAction } from "../../actions.ts";

export const generateMetadata = async (): Promise<Metadata> =>
  staffTitle((await getTranslations("staff.you"))("heading"));

/** One's own passkeys and app. */
export default async function YouPage({ searchParams }: { searchParams: Query }) {
  const { who } = await staffHere();
  const t = await getTranslations("staff.you");
  const ways = await describeWaysIn(web(), { who, headers: await headers() });
  return (
    <Stack gap={6} className="wrap wrap--text page page--staff">
      <Stack gap={2}>
        <PageHeading>{t("heading")}</PageHeading>
        <p className="muted">{t("lead", { mail: who.email })}</p>
      </Stack>
      {one((await searchParams)["error"]) === "last" ? (
        <Notice tone="bad" icon="triangle-alert" heading={t("errors.last")} status />
      ) : null}
      <OwnPasskeys from="staff" />
      <App ways={ways} />
      <SignOut quiet />
    </Stack>
  );
}

async function App({ ways }: { ways: WaysIn }) {
  const t = await getTranslations("staff.you");
  const on = ways.app === "set-up";
  return (
    <Stack as="section" gap={3} labelledBy="app">
      <h2 id="app">{t("app")}</h2>
      <p>{t(on ? "appOn" : "appOff")}</p>
      {on ? (
        <div>
          <Dialog
            open={{ label: t("appRemove"), kind: "danger" }}
            question={t("appRemoveQuestion")}
            keep={t("appRemoveNo")}
            act={
              <Button form="remove-app" kind="danger">
                {t("appRemoveYes")}
              </Button>
            }
          >
            <p>{t("appRemoveText")}</p>
            <form id="remove-app" action={removeAppAction} />
          </Dialog>
        </div>
      ) : (
        <form action={beginAppAction}>
          <Button kind="quiet">{t("appAdd")}</Button>
        </form>
      )}
    </Stack>
  );
}
