import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { asTyped, TextField } from "@/components/field.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { carriedTyped } from "../_frame/flash.ts";
import { sayer, wrongsOf } from "../_frame/say.ts";
import { askForMineAction } from "./actions.ts";

/** The only sentences the address of this page may name. */
const errors = ["addressEmpty", "address", "tooMany"];

/** Asks for an address, and says that a link is on its way. */
export async function AskForLink({ error, sent }: { error: string; sent: boolean }) {
  return <div className="wrap page wrap--narrow">{sent ? <Sent /> : <Ask error={error} />}</div>;
}

async function Ask({ error }: { error: string }) {
  const [t, frame] = [await getTranslations("mine"), await getTranslations("frame")];
  const problems = errors.includes(error)
    ? [{ at: "address", field: { key: "mine.address" }, say: { key: `mine.errors.${error}` } }]
    : [];
  const wrongs = wrongsOf(problems, await sayer());
  const [wrong] = wrongs;
  const typed = wrong ? await carriedTyped() : "";
  const children = (chunks: ReactNode) => (
    <Link href="/children" prefetch={false}>
      {chunks}
    </Link>
  );
  return (
    <Stack>
      {wrong ? <ErrorSummary key={typed} heading={frame("problems", { n: 1 })} wrongs={wrongs} /> : null}
      <PageHeading quiet={wrong !== undefined}>{t("heading")}</PageHeading>
      <p className="muted">{t("lead")}</p>
      <form className="stack stack--4" action={askForMineAction} noValidate>
        <TextField
          {...{ id: "address", label: t("address"), hint: t("addressHint"), defaultValue: typed, ...asTyped }}
          {...{ engraved: true, autoComplete: "off", ...(wrong ? { wrong } : {}) }}
        />
        <Button wide>{t("send")}</Button>
      </form>
      <p className="small muted">{t.rich("children", { children })}</p>
    </Stack>
  );
}

/** The same words whether somebody with that address lives here or not. */
async function Sent() {
  const [t, typed] = [await getTranslations("mine"), await carriedTyped()];
  return (
    <Stack>
      <PageHeading>{t("heading")}</PageHeading>
      <Notice tone="brass" icon="message-circle" heading={t("sent", { address: typed || t("address") })} status>
        <p>{t("sentText")}</p>
      </Notice>
      <div>
        <ButtonLink kind="quiet" href="/mine">
          {t("another")}
        </ButtonLink>
      </div>
    </Stack>
  );
}
