import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { Mount } from "@/components/mount.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Plate } from "@/components/plate.tsx";
import { Stack } from "@/components/stack.tsx";
import { BarePage } from "./_frame/bare-page.tsx";
import { titled } from "./_frame/titled.ts";

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("errors.nobody"))("heading"));

export default async function NotFound() {
  const t = await getTranslations("errors.nobody");
  return (
    <BarePage>
      <div className="wrap page">
        <div className="beside">
          <Stack>
            <PageHeading>{t("heading")}</PageHeading>
            <p className="lead">{t("lead")}</p>
            <Actions>
              <ButtonLink href="/">{t("front")}</ButtonLink>
            </Actions>
          </Stack>
          <aside aria-hidden="true">
            <Mount>
              <Plate name={t("plate")} blank />
            </Mount>
          </aside>
        </div>
      </div>
    </BarePage>
  );
}
