import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button, TextButton } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { TextField } from "@/components/field.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { QrCard } from "@/components/qr-card.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import type { Wrong } from "@/components/wrong.ts";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { describeWaysIn, type WaysIn } from "@/lib/staff/describe-ways-in.ts";
import { isOnStaff } from "@/lib/staff/staff-of.ts";
import { web } from "@/lib/web.ts";
import { BarePage } from "../../_frame/bare-page.tsx";
import { sayer, wrongsOf } from "../../_frame/say.ts";
import { titled } from "../../_frame/titled.ts";
import { SignOut } from "../../_session/sign-out.tsx";
import { AddPasskey } from "../../home/_parts/add-passkey.tsx";
import { mustBeSignedIn } from "../../home/_parts/member.ts";
import { PasskeyButton } from "../../sign-in/passkey-button.tsx";
import { one, type Query } from "../../start/_wizard/note.tsx";
import { beginAppAction, codeAction } from "../actions.ts";

interface PageProps {
  readonly searchParams: Query;
}

async function wrongOf(query: Query): Promise<Wrong | undefined> {
  const word = one((await query)["error"]);
  const say =
    word === "code"
      ? { key: "staff.prove.errors.code" }
      : word === "often"
        ? { key: "again.tooOften", values: { minutes: 15 } }
        : undefined;
  return say && wrongsOf([{ at: "code", field: { key: "staff.prove.code" }, say }], await sayer())[0];
}

/** One of the staff; to others the page is not there. */
async function onStaff(): Promise<SignedIn> {
  const who = await mustBeSignedIn();
  return (await isOnStaff(web().world, who.userId)) ? who : notFound();
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  await onStaff();
  const t = await getTranslations("staff");
  return titled(t("titled", { title: t("prove.heading") }), { wrong: (await wrongOf(searchParams)) !== undefined });
}

/** Between signing in and the staff pages: a passkey or a code; after an enrolment, setting one up. */
export default async function ProvePage({ searchParams }: PageProps) {
  const who = await onStaff();
  const ways = await describeWaysIn(web(), { who, headers: await headers() });
  // What is worth more than a page asks somebody who is proven once more.
  const again = one((await searchParams)["again"]) !== "";
  if (ways.proven && !again && one((await searchParams)["with"]) !== "app") redirect("/admin");
  const wrong = await wrongOf(searchParams);
  const frame = await getTranslations("frame");
  return (
    <BarePage>
      <Stack className="wrap page wrap--narrow">
        {wrong ? <ErrorSummary heading={frame("problems", { n: 1 })} wrongs={[wrong]} /> : null}
        {ways.maySetUp && !again ? <SetUp ways={ways} wrong={wrong} /> : <Prove ways={ways} wrong={wrong} />}
        <SignOut />
      </Stack>
    </BarePage>
  );
}

interface PartProps {
  readonly ways: WaysIn;
  readonly wrong: Wrong | undefined;
}

async function Prove({ ways, wrong }: PartProps) {
  const [t, signIn] = [await getTranslations("staff.prove"), await getTranslations("signIn")];
  return (
    <>
      <PageHeading quiet={wrong !== undefined}>{t("heading")}</PageHeading>
      <p className="muted">{t("lead")}</p>
      {ways.passkeys > 0 ? (
        <PasskeyButton
          aim="admin"
          words={{ button: t("passkey"), failed: signIn("passkeyFailed"), title: signIn("passkeyTitle") }}
        />
      ) : null}
      {ways.app === "set-up" ? <CodeForm wrong={wrong} quiet={ways.passkeys > 0} /> : null}
      {ways.passkeys === 0 && ways.app !== "set-up" ? <p>{t("none")}</p> : null}
    </>
  );
}

async function SetUp({ ways, wrong }: PartProps) {
  const [t, signIn] = [await getTranslations("staff.prove"), await getTranslations("signIn")];
  return (
    <>
      <PageHeading quiet={wrong !== undefined}>{t("setUp")}</PageHeading>
      <p className="muted">{t("setUpLead")}</p>
      <AddPasskey
        then="/admin"
        main
        words={{
          button: t("addPasskey"),
          done: signIn("passkeys.done"),
          unsupported: signIn("passkeys.unsupported"),
          already: signIn("passkeys.already"),
          title: signIn("passkeyTitle"),
          failed: signIn("passkeyFailed"),
        }}
      />
      {ways.appLink ? <Square link={ways.appLink} wrong={wrong} /> : null}
      {ways.app === "set-up" ? null : (
        <form action={beginAppAction}>
          <TextButton>{t(ways.appLink ? "again" : "withApp")}</TextButton>
        </form>
      )}
    </>
  );
}

async function Square({ link, wrong }: { link: string; wrong: Wrong | undefined }) {
  const t = await getTranslations("staff.prove");
  const secret = new URL(link).searchParams.get("secret") ?? "";
  const key = (chunks: ReactNode) => <span className="code">{chunks}</span>;
  return (
    <Stack as="section" gap={3} className="card" labelledBy="scan">
      <h2 id="scan">{t("scan")}</h2>
      <QrCard link={link} label={t("scanLabel")} />
      <p className="small">{t.rich("scanText", { ...rich, secret, key })}</p>
      <CodeForm wrong={wrong} quiet fromSquare />
    </Stack>
  );
}

async function CodeForm({
  wrong,
  quiet,
  fromSquare,
}: {
  wrong: Wrong | undefined;
  quiet: boolean;
  fromSquare?: boolean;
}) {
  const t = await getTranslations("staff.prove");
  return (
    <form className="stack stack--3" action={codeAction} noValidate>
      {fromSquare ? <input type="hidden" name="with" value="app" /> : null}
      <TextField
        id="code"
        label={t("code")}
        hint={t("codeHint")}
        width="short"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        wrong={wrong}
      />
      <div>
        <Button kind={quiet ? "quiet" : "main"}>{t("button")}</Button>
      </div>
    </form>
  );
}
