import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/button.tsx";
import { CopyButton } from "@/components/copy-button.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { homeAddress } from "../../../_frame/home-address.ts";

interface TellFriendsProps {
  readonly name: string;
  readonly part: string;
  /** Whether children live here too: they have no page. */
  readonly withChildren: boolean;
}

/** Words to send to friends, with the page they lead to. */
export async function TellFriends({ name, part, withChildren }: TellFriendsProps) {
  const [t, frame] = [await getTranslations("youreHome"), await getTranslations("frame")];
  const page = homeAddress(name, part);
  const link = (chunks: ReactNode) => <a href={page.href}>{chunks}</a>;
  return (
    <Stack as="section" gap={4} labelledBy="tell">
      <h2 id="tell">{t("tell")}</h2>
      <div className="halves">
        <div className="copybox">
          <p>{t.rich("wordsShown", { ...rich, page: page.shown })}</p>
          <div>
            <CopyButton words={t("words", { page: page.href })} label={t("copyWords")} done={frame("copied")} />
          </div>
        </div>
        <Stack gap={3}>
          <p>
            {t.rich("yourPage", { link, page: page.shown })} {withChildren ? t("noChildPage") : null}
          </p>
          <div>
            <ButtonLink href="/home" kind="quiet">
              {t("goFamily")}
            </ButtonLink>
          </div>
        </Stack>
      </div>
    </Stack>
  );
}
