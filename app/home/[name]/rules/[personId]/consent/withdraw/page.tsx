import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { titled } from "../../../../../../_frame/titled.ts";
import { withdrawConsentAction } from "../actions.ts";
import { consentIn } from "../consent.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string; readonly personId: string }>;
}

async function childOf({ params }: PageProps) {
  const { name, personId } = await params;
  return { name: decodeURIComponent(name), ...(await consentIn(name, personId)) };
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const { child } = await childOf(props);
  const t = await getTranslations("family.consent");
  return titled(t("question", { given: child.given }));
}

/** What follows when a parent takes back what was agreed to; from the button on it holds. */
export default async function WithdrawConsentPage(props: PageProps) {
  const { name, child } = await childOf(props);
  const t = await getTranslations("family.consent");
  const { given, personId, newest } = child;
  const page = `/home/${name}/rules/${personId}/consent`;
  // There is none, or none that is theirs to withdraw: the page says so.
  if (!newest || newest.withdrawn || newest.method === "own") redirect(page);
  return (
    <Stack gap={5} className="wrap wrap--text page">
      <Stack gap={2}>
        <PageHeading>{t("question", { given })}</PageHeading>
        <p className="name muted">{child.id}</p>
      </Stack>
      <ul className="stack stack--2">
        {(["paused", "kept", "told", "again"] as const).map((what) => (
          <li key={what}>{t(`follows.${what}`, { given })}</li>
        ))}
      </ul>
      <form action={withdrawConsentAction}>
        <input type="hidden" name="home" value={name} />
        <input type="hidden" name="child" value={personId} />
        <input type="hidden" name="nth" value={newest.nth} />
        <Actions>
          <Button>{t("yes")}</Button>
          <ButtonLink href={page} kind="quiet">
            {t("no")}
          </ButtonLink>
        </Actions>
      </form>
    </Stack>
  );
}
