import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { titled } from "../../../../_frame/titled.ts";
import { homeOfName } from "../../../_parts/member.ts";
import { eraseAction } from "../../rules/[personId]/data/actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string; readonly personId: string }>;
}

/** Somebody who is taken out and can be brought back still. */
async function takenOutIn({ params }: PageProps) {
  const { name, personId } = await params;
  const { takenOut } = await homeOfName(name);
  return takenOut.find((one) => one.personId === personId && !one.erasing) ?? notFound();
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const { given } = await takenOutIn(props);
  return titled((await getTranslations("family.data.erase"))("question", { given }));
}

/** The question before it: from the button on nobody brings them back. */
export default async function ErasePage(props: PageProps) {
  const { name } = await props.params;
  const { personId, given } = await takenOutIn(props);
  const t = await getTranslations("family.data.erase");
  return (
    <Stack gap={5} className="wrap wrap--text page">
      <PageHeading>{t("question", { given })}</PageHeading>
      <p>{t("text", { given, own: "no" })}</p>
      <form action={eraseAction}>
        <input type="hidden" name="home" value={decodeURIComponent(name)} />
        <input type="hidden" name="person" value={personId} />
        <input type="hidden" name="from" value="family" />
        <Actions>
          <Button kind="danger">{t("ask", { given })}</Button>
          <ButtonLink href={`/home/${name}`} kind="quiet">
            {t("leaveIt")}
          </ButtonLink>
        </Actions>
      </form>
    </Stack>
  );
}
