import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { asTyped, TextField } from "@/components/field.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { BarePage } from "../_frame/bare-page.tsx";
import { carriedTyped } from "../_frame/flash.ts";
import { sayer, wrongsOf } from "../_frame/say.ts";
import { titled } from "../_frame/titled.ts";
import { visitor } from "../_session/visitor.ts";
import { type Aim, readAim, wayHome } from "../_session/way-home.ts";
import { one, type Query } from "../start/_wizard/note.tsx";
import { askForLinkAction } from "./actions.ts";
import { PasskeyButton } from "./passkey-button.tsx";

interface PageProps {
  readonly searchParams: Query;
}

/** The only sentences the address of this page may name. */
const errors = ["emailEmpty", "email", "tooMany"];

async function wrongOf(query: Query): Promise<Wrong | undefined> {
  const word = one((await query)["error"]);
  if (!errors.includes(word)) return undefined;
  const problem = { at: "email", field: { key: "signIn.email" }, say: { key: `signIn.errors.${word}` } };
  return wrongsOf([problem], await sayer())[0];
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return titled(t("heading"), { wrong: (await wrongOf(searchParams)) !== undefined });
}

/** For whoever runs a home, and for the staff. */
export default async function SignInPage({ searchParams }: PageProps) {
  const query = await searchParams;
  const aim = readAim(one(query["to"]));
  const who = await visitor();
  if (who) redirect(await wayHome(who, aim));
  const wrong = await wrongOf(searchParams);
  const sent = one(query["sent"]) !== "";
  return (
    <BarePage>
      <div className="wrap page wrap--narrow">{sent ? <Sent aim={aim} /> : <Ask aim={aim} wrong={wrong} />}</div>
    </BarePage>
  );
}

async function Ask({ aim, wrong }: { aim: Aim; wrong: Wrong | undefined }) {
  const [t, frame] = [await getTranslations("signIn"), await getTranslations("frame")];
  const typed = wrong ? await carriedTyped() : "";
  const find = (chunks: ReactNode) => (
    <Link href="/start/name" prefetch={false}>
      {chunks}
    </Link>
  );
  return (
    <Stack>
      {wrong ? <ErrorSummary key={typed} heading={frame("problems", { n: 1 })} wrongs={[wrong]} /> : null}
      <PageHeading quiet={wrong !== undefined}>{t("heading")}</PageHeading>
      <p className="muted">{t("lead")}</p>
      <form className="stack stack--4" action={askForLinkAction} noValidate>
        <input type="hidden" name="to" value={aim} />
        <TextField
          id="email"
          type="email"
          label={t("email")}
          hint={t("emailHint")}
          defaultValue={typed}
          autoComplete="email webauthn"
          wrong={wrong}
          {...asTyped}
        />
        <Button wide>{t("send")}</Button>
      </form>
      <PasskeyButton
        aim={aim}
        quietly
        words={{ or: t("or"), button: t("usePasskey"), failed: t("passkeyFailed"), title: t("passkeyTitle") }}
      />
      <p className="small muted">{t.rich("noHome", { find })}</p>
    </Stack>
  );
}

/** The same words whether we know the e-mail or not. */
async function Sent({ aim }: { aim: Aim }) {
  const [t, mail] = [await getTranslations("signIn"), await carriedTyped()];
  return (
    <Stack>
      <PageHeading>{t("heading")}</PageHeading>
      <Notice tone="brass" icon="mail" heading={mail ? t("sent", { mail }) : t("sentNameless")} status>
        <p>{t("sentText")}</p>
      </Notice>
      <div>
        <ButtonLink kind="quiet" href={`/sign-in?to=${aim}`}>
          {t("another")}
        </ButtonLink>
      </div>
    </Stack>
  );
}
