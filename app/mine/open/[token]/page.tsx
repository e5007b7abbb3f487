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
import { openMineAction } from "../../actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
}

const stateOf = cache((token: string): Promise<LinkState> => readLink(web().world, "mine", token));

async function question({ state }: LinkState): Promise<string> {
  const [t, link] = [await getTranslations("mine"), await getTranslations("signIn.link")];
  return state === "good" ? t("question") : link(state);
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return titled(await question(await stateOf((await params).token)));
}

/** Opening a link only looks: an app that shows what a link leads to opens it too. The button uses it up. */
export default async function OpenMinePage({ params }: PageProps) {
  const { token } = await params;
  const [t, link] = [await getTranslations("mine"), await stateOf(token)];
  return (
    <BarePage>
      <Stack className="wrap page wrap--narrow">
        <PageHeading>{await question(link)}</PageHeading>
        {link.state === "good" ? (
          <form className="stack" action={openMineAction}>
            <p className="muted">{t("questionText")}</p>
            <input type="hidden" name="token" value={token} />
            <Button wide>{t("open")}</Button>
          </form>
        ) : (
          <div>
            <ButtonLink href="/mine">{t("another")}</ButtonLink>
          </div>
        )}
      </Stack>
    </BarePage>
  );
}
