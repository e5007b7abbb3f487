import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { InviteSight } from "@/lib/households/parents/look-at-invite.ts";
import { titled } from "../../_frame/titled.ts";
import { day } from "../../_frame/write.ts";
import { SignOut } from "../../_session/sign-out.tsx";
import { visitor } from "../../_session/visitor.ts";
import { WhatAParentCan } from "../../home/[name]/parents/what-a-parent-can.tsx";
import { one, type Query } from "../../start/_wizard/note.tsx";
import { joinParentsAction, signInForInviteAction } from "./actions.ts";
import { inviteOf } from "./invite.ts";
import { InviteOver } from "./invite-over.tsx";

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
  readonly searchParams: Query;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const [t, { name }] = [await getTranslations("parent"), await inviteOf((await params).token)];
  return titled(t("heading", { name }));
}

/** Whoever is asked to look after the children of a home reads what that means. Their own mailbox says that it is them. */
export default async function ParentPage({ params, searchParams }: PageProps) {
  const { token } = await params;
  const [sight, who] = [await inviteOf(token), await visitor()];
  const { name, given, by } = sight;
  const theirs = who?.emailVerified === true && who.email === sight.email;
  if (sight.state !== "works") return <InviteOver sight={sight} theirs={theirs} />;
  const t = await getTranslations("parent");
  return (
    <Stack gap={5} className="wrap wrap--text page">
      <Trouble error={one((await searchParams)["error"])} />
      <Stack gap={2}>
        <PageHeading>{t("heading", { name })}</PageHeading>
        <p className="lead">{t("lead", { given, by })}</p>
      </Stack>
      <WhatAParentCan />
      <p>{t("both")}</p>
      <p>{t(sight.writes ? "writes" : "writesNot", { by })}</p>
      {theirs ? (
        <SayYes token={token} sight={sight} />
      ) : who ? (
        <OtherMailbox sight={sight} other={who.email} />
      ) : (
        <SignInFirst token={token} sight={sight} />
      )}
    </Stack>
  );
}

/** The only sentences that the address may name. */
const troubles = ["mailbox", "over", "often"] as const;

async function Trouble({ error }: { error: string }) {
  const t = await getTranslations("parent.errors");
  const word = troubles.find((known) => known === error);
  return word ? <Notice tone="wait" icon="info" heading={t(word)} status /> : null;
}

async function SayYes({ token, sight: { until } }: { token: string; sight: InviteSight }) {
  const t = await getTranslations("parent");
  return (
    <form className="stack stack--3" action={joinParentsAction}>
      <input type="hidden" name="token" value={token} />
      <Actions>
        <Button>{t("yes")}</Button>
      </Actions>
      <p className="small muted">{t("no", { date: day(new Date(until)) })}</p>
    </form>
  );
}

async function SignInFirst({ token, sight: { email, until } }: { token: string; sight: InviteSight }) {
  const t = await getTranslations("parent");
  return (
    <Stack as="section" gap={3} labelledBy="first">
      <h2 id="first">{t("first")}</h2>
      <p>{t("firstText", { mail: email })}</p>
      <form action={signInForInviteAction}>
        <input type="hidden" name="token" value={token} />
        <Button>{t("send")}</Button>
      </form>
      <p className="small muted">{t("no", { date: day(new Date(until)) })}</p>
    </Stack>
  );
}

async function OtherMailbox({ sight: { email }, other }: { sight: InviteSight; other: string }) {
  const t = await getTranslations("parent");
  return (
    <Notice tone="wait" icon="info" heading={t("other", { other })}>
      <p>{t("otherText", { mail: email })}</p>
      <SignOut quiet />
    </Notice>
  );
}
