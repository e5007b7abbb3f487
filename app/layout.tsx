import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { preload } from "react-dom";
import { Sprite } from "@/components/sprite.tsx";
import { locale } from "@/messages/request.ts";
import { ErrorTexts } from "./_frame/error-texts.tsx";
import { freeForm } from "./_frame/free-form.ts";
import { SandboxRibbon } from "./_frame/sandbox-ribbon.tsx";
import { settings } from "./_frame/settings.ts";
import "./styles/index.css";

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("landing");
  return { title: t("title"), description: t(freeForm(t, "description")), metadataBase: new URL(settings().WEB_URL) };
}

/** The two faces that stand in the first view of every page. */
const firstFonts = ["newsreader-latin-500-normal", "atkinson-hyperlegible-next-latin-400-normal"];

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Each answer has its own nonce, so no page is made in advance.
  await connection();
  const t = await getTranslations();
  for (const font of firstFonts) {
    preload(`/fonts/${font}.woff2`, { as: "font", type: "font/woff2", crossOrigin: "anonymous" });
  }
  return (
    <html lang={locale}>
      <body>
        <a className="skip" href="#main">
          {t("frame.skip")}
        </a>
        <Sprite />
        <SandboxRibbon />
        <ErrorTexts
          texts={{
            mark: t("frame.mark"),
            heading: t("errors.broke.heading"),
            lead: t(freeForm(t, "errors.broke.lead")),
            text: t("errors.broke.text", { help: settings().SUPPORT_EMAIL }),
            numbered: t("errors.broke.textNumbered", { help: settings().SUPPORT_EMAIL }),
            plate: t("errors.broke.plate"),
            again: t("errors.broke.again"),
            front: t("errors.broke.front"),
          }}
        >
          {children}
        </ErrorTexts>
      </body>
    </html>
  );
}
