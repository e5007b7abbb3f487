import { getTranslations } from "next-intl/server";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { freeForm } from "../../_frame/free-form.ts";

/** Somebody without the order's cookie and without a home of their own: perhaps on another device. */
export async function UnknownBrowser() {
  const t = await getTranslations("watch.unknown");
  return (
    <Stack className="wrap wrap--text page">
      <PageHeading>{t("heading")}</PageHeading>
      <p className="lead">{t(freeForm(t, "text"))}</p>
      <Actions>
        <ButtonLink href="/sign-in">{t("signIn")}</ButtonLink>
        <a href="/start/name">{t("begin")}</a>
      </Actions>
    </Stack>
  );
}
