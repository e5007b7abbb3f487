import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Mount } from "@/components/mount.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Plate } from "@/components/plate.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { NameplateError } from "@/lib/errors.ts";
import { findReadyHome } from "@/lib/tenants/find-ready-home.ts";
import { web } from "@/lib/web.ts";
import { AppCards } from "../../_apps/app-cards.tsx";
import { BarePage } from "../../_frame/bare-page.tsx";
import { titled } from "../../_frame/titled.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
}

/** Only for homes that are here: else anyone could have us send people to a server of theirs. */
const homeNamed = cache(async (name: string): Promise<string> => {
  try {
    return await findReadyHome(web().world, name);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const t = await getTranslations("apps.page");
  return titled(t("title", { name: await homeNamed((await params).name) }));
}

/** What the square on "You're home" opens on a phone: the apps, and what to type. It holds no secret. */
export default async function AppsPage({ params }: PageProps) {
  const [t, name] = [await getTranslations("apps"), await homeNamed((await params).name)];
  return (
    <BarePage>
      <div className="wrap page">
        <div className="beside beside--plate-first">
          <Stack gap={6}>
            <Stack gap={3}>
              <PageHeading>{t("page.heading", { name })}</PageHeading>
              <p className="lead">{t("page.lead")}</p>
            </Stack>
            <AppCards name={name} level={2} />
            <Stack as="section" gap={2} labelledBy="sign-in">
              <h2 id="sign-in">{t("signIn")}</h2>
              <p>{t.rich("signInAnyone", { ...rich, name })}</p>
              <p className="muted">{t("page.card")}</p>
            </Stack>
          </Stack>
          <aside aria-label={t("page.aside")}>
            <Mount>
              <Plate name={name} />
            </Mount>
          </aside>
        </div>
      </div>
    </BarePage>
  );
}
