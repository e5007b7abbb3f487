import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Button } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { readLink } from "@/lib/auth/read-link.ts";
import { invitedShape } from "@/lib/staff/invite-staff.ts";
import { web } from "@/lib/web.ts";
import { BarePage } from "../../../_frame/bare-page.tsx";
import { titled } from "../../../_frame/titled.ts";
import { enrolAction } from "../../actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
}

interface Told {
  readonly heading: string;
  readonly text: string;
  readonly good: boolean;
}

/** Only looks: the button uses the link up. */
const told = cache(async (token: string): Promise<Told> => {
  const [t, link] = [await getTranslations("staff.enrol"), await readLink(web().world, "staff-enrol", token)];
  if (link.state !== "good") return { heading: t(link.state), text: t(`${link.state}Text`), good: false };
  const { email } = invitedShape.parse(JSON.parse(link.subject));
  return { heading: t("heading", { mail: email }), text: t("text"), good: true };
});

export const generateMetadata = async ({ params }: PageProps): Promise<Metadata> =>
  titled((await told((await params).token)).heading);

export default async function EnrolPage({ params }: PageProps) {
  const { token } = await params;
  const [t, { heading, text, good }] = [await getTranslations("staff.enrol"), await told(token)];
  return (
    <BarePage>
      <Stack className="wrap page wrap--narrow">
        <PageHeading>{heading}</PageHeading>
        <p className="muted">{text}</p>
        {good ? (
          <form action={enrolAction}>
            <input type="hidden" name="token" value={token} />
            <Button wide>{t("button")}</Button>
          </form>
        ) : null}
      </Stack>
    </BarePage>
  );
}
