import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Button, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { type LinkState, readLink } from "@/lib/auth/read-link.ts";
import { web } from "@/lib/web.ts";
import { BarePage } from "../../../_frame/bare-page.tsx";
import { titled } from "../../../_frame/titled.ts";
import { consumeLinkAction } from "../../actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
}

const stateOf = cache((token: string): Promise<LinkState> => readLink(web().world, "sign-in", token));

async function question(link: LinkState): Promise<string> {
  const t = await getTranslations("signIn.link");
  return link.state === "good" ? t("question", { mail: link.subject }) : t(link.state);
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return titled(await question(await stateOf((await params).token)));
}

/** Opening a link only looks: mail scanners and previews open it too. The button uses it up. */
export default async function LinkPage({ params }: PageProps) {
  const { token } = await params;
  const [t, link] = [await getTranslations("signIn.link"), await stateOf(token)];
  return (
    <BarePage>
      <Stack className="wrap page wrap--narrow">
        <PageHeading>{await question(link)}</PageHeading>
        {link.state === "good" ? (
          <form className="stack" action={consumeLinkAction}>
            <p className="muted">{t("text")}</p>
            <input type="hidden" name="token" value={token} />
            <Button wide>{t("button")}</Button>
          </form>
        ) : (
          <div>
            <ButtonLink href="/sign-in">{t("ask")}</ButtonLink>
          </div>
        )}
      </Stack>
    </BarePage>
  );
}
