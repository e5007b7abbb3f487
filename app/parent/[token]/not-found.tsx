import { getTranslations } from "next-intl/server";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";

/** A link that nobody was sent. */
export default async function NoSuchInvite() {
  const t = await getTranslations("parent");
  return (
    <Stack className="wrap wrap--text page">
      <PageHeading>{t("unknown")}</PageHeading>
      <p className="lead">{t("unknownText")}</p>
    </Stack>
  );
}
