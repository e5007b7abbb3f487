import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Bullets } from "@/components/bullets.tsx";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { freeForm } from "../../_frame/free-form.ts";
import { titled } from "../../_frame/titled.ts";

export const generateMetadata = async (): Promise<Metadata> => {
  const t = await getTranslations("elsewhere");
  return titled(t(freeForm(t, "heading")));
};

/** Honest advice for those who do not want to pay yet. */
export default async function ElsewherePage() {
  const t = await getTranslations("elsewhere");
  const points = (["name", "move", "children"] as const).map((point) => ({
    icon: "info" as const,
    text: t(`points.${point}`),
  }));
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <Stack gap={3}>
        <PageHeading>{t(freeForm(t, "heading"))}</PageHeading>
        <p className="lead">{t(freeForm(t, "lead"))}</p>
        <p>{t("text")}</p>
      </Stack>
      <Stack gap={3}>
        <h2>{t("honest")}</h2>
        <Bullets points={points} />
      </Stack>
      <Actions>
        <ButtonLink href="/start/name">{t("back")}</ButtonLink>
        <a href="https://matrix.org/docs/chat_basics/matrix-for-im/" rel="noreferrer">
          {t("link")}
        </a>
      </Actions>
    </Stack>
  );
}
