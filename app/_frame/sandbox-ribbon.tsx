import { getTranslations } from "next-intl/server";
import { Ribbon } from "@/components/ribbon.tsx";
import { rich } from "@/components/rich.tsx";
import { settings } from "./settings.ts";

/** First on every page while money and names are pretend. */
export async function SandboxRibbon() {
  const { SANDBOX, SANDBOX_MAIL_URL, STRIPE_URL, CLOUDFLARE_URL } = settings();
  if (!SANDBOX) return null;
  const t = await getTranslations("frame.ribbon");
  const links = [
    { href: SANDBOX_MAIL_URL, label: t("mailbox") },
    { href: STRIPE_URL, label: t("payments") },
    { href: CLOUDFLARE_URL, label: t("names") },
  ];
  return (
    <Ribbon
      label={t("label")}
      text={t.rich("text", rich)}
      links={links.flatMap(({ href, label }) => (href ? [{ href, label }] : []))}
    />
  );
}
