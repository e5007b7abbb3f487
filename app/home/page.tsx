import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { type HomeLine, listHomes } from "@/lib/households/list-homes.ts";
import { isOnStaff } from "@/lib/staff/staff-of.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../_frame/titled.ts";
import { mustBeSignedIn } from "./_parts/member.ts";

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("family"))("title"));

/** Straight to their home; to a choice, where there are several. */
export default async function HomesPage() {
  const who = await mustBeSignedIn();
  const homes = await listHomes(web().world, who);
  const [only] = homes;
  if (only && homes.length === 1) redirect(`/home/${only.name}`);
  return (
    <main id="main">
      <Stack className="wrap wrap--text page">
        {homes.length > 1 ? <Choose homes={homes} /> : <None mail={who.email} userId={who.userId} />}
      </Stack>
    </main>
  );
}

async function Choose({ homes }: { homes: readonly HomeLine[] }) {
  const t = await getTranslations("family");
  return (
    <>
      <PageHeading>{t("choose")}</PageHeading>
      <ul className="stack stack--2 plain">
        {homes.map((home) => (
          <li key={home.tenantId}>
            <Link className="name lead" href={`/home/${home.name}`} prefetch={false}>
              {home.name}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

async function None({ mail, userId }: { mail: string; userId: string }) {
  const t = await getTranslations("family");
  const staff = await isOnStaff(web().world, userId);
  return (
    <>
      <PageHeading>{t("noHome")}</PageHeading>
      <p className="lead">{t("noHomeText", { mail })}</p>
      <Actions>
        <ButtonLink href="/start/name">{t("findName")}</ButtonLink>
        {staff ? <Link href="/admin">{t("staffPages")}</Link> : null}
      </Actions>
    </>
  );
}
