import { getTranslations } from "next-intl/server";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";

/** A link that no card has. */
export default async function NoSuchCard() {
  const t = await getTranslations("card.unknown");
  return (
    <Stack className="wrap wrap--text page">
      <PageHeading>{t("heading")}</PageHeading>
      <p className="lead">{t("text")}</p>
      <Actions>
        <ButtonLink href="/card">{t("button")}</ButtonLink>
      </Actions>
    </Stack>
  );
}
