import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { type HomeLine, listHomes } from "@/lib/households/list-homes.ts";
import { invitesOf, type OpenInvite } from "@/lib/households/parents/look-at-invite.ts";
import { isOnStaff } from "@/lib/staff/staff-of.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../_frame/titled.ts";
import { one, type Query } from "../start/_wizard/note.tsx";
import { mustBeSignedIn } from "./_parts/member.ts";

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("family"))("title"));

/** Straight to their home; to a choice, where there are several or somebody asks them to look after children. */
export default async function HomesPage({ searchParams }: { searchParams: Query }) {
  const who = await mustBeSignedIn();
  const homes = await listHomes(web().world, who);
  const invites = await invitesOf(web().world, who);
  const [only] = homes;
  if (only && homes.length === 1 && invites.length === 0) redirect(`/home/${only.name}`);
  return (
    <main id="main">
      <Stack className="wrap wrap--text page">
        {one((await searchParams)["left"]) === "" ? null : <HasLeft />}
        {homes.length + invites.length === 0 ? <None mail={who.email} userId={who.userId} /> : null}
        {invites.map((invite) => (
          <Invited key={invite.token} invite={invite} />
        ))}
        {homes.length > 0 ? <Choose homes={homes} alone={invites.length === 0} /> : null}
      </Stack>
    </main>
  );
}

/** They have just left the children of a home to its other parent. */
async function HasLeft() {
  const t = await getTranslations("family.parents.leave");
  return <Notice tone="good" icon="check" heading={t("done")} status />;
}

/** Somebody asks them to look after the children of a home: here without its letter, once they are signed in. */
async function Invited({ invite: { token, name, by } }: { invite: OpenInvite }) {
  const t = await getTranslations("family.invites");
  return (
    <>
      <PageHeading>{t("heading", { by, name })}</PageHeading>
      <p className="lead">{t("text", { by })}</p>
      <Actions>
        <ButtonLink href={`/parent/${token}`}>{t("see")}</ButtonLink>
      </Actions>
    </>
  );
}

async function Choose({ homes, alone }: { homes: readonly HomeLine[]; alone: boolean }) {
  const t = await getTranslations("family");
  return (
    <>
      {alone ? <PageHeading>{t("choose")}</PageHeading> : <h2>{t("choose")}</h2>}
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
