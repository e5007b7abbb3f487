import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { lookAtSavedLink, type SavedLink } from "@/lib/orders/resume-order.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../_frame/titled.ts";
import { resumeAction } from "../actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
}

const headings = { good: "heading", used: "used", "ran-out": "ranOut", unknown: "unknown" } as const;

const linkOf = async ({ params }: PageProps): Promise<SavedLink> =>
  lookAtSavedLink(web().world, (await params).token.slice(0, 200));

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const t = await getTranslations("save.resume");
  return titled(t(headings[(await linkOf(props)).state]));
}

/** Where a mailed link leads. Opening it uses nothing up, for mail programs open links too: the button does. */
export default async function ResumePage(props: PageProps) {
  const link = await linkOf(props);
  const { token } = await props.params;
  return (
    <div className="wrap wrap--text page">
      {link.state === "good" ? <Good token={token} name={link.name} /> : <Bad state={link.state} />}
    </div>
  );
}

async function Good({ token, name }: { token: string; name: string | null }) {
  const t = await getTranslations("save.resume");
  return (
    <Stack>
      <PageHeading>{t("heading")}</PageHeading>
      <p className="lead">{name ? t("text", { name }) : t("textNameless")}</p>
      <form action={resumeAction}>
        <input type="hidden" name="token" value={token} />
        <Actions>
          <Button>{t("button")}</Button>
        </Actions>
      </form>
    </Stack>
  );
}

async function Bad({ state }: { state: Exclude<SavedLink["state"], "good"> }) {
  const t = await getTranslations("save.resume");
  return (
    <Stack>
      <PageHeading>{t(headings[state])}</PageHeading>
      <p className="lead">{t(`${headings[state]}Text`)}</p>
      <Actions>
        {state === "ran-out" ? (
          <ButtonLink href="/start/name">{t("begin")}</ButtonLink>
        ) : (
          <ButtonLink href="/start/resume">{t("again")}</ButtonLink>
        )}
      </Actions>
    </Stack>
  );
}
