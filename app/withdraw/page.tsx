import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { asTyped, TextField } from "@/components/field.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { sayer, wrongsOf } from "../_frame/say.ts";
import { titled } from "../_frame/titled.ts";
import { day, time } from "../_frame/write.ts";
import { one, type Query } from "../start/_wizard/note.tsx";
import { askToWithdrawAction } from "./actions.ts";
import { carried, type Typed } from "./typed.ts";
import { ownWithdrawal } from "./whose.ts";

interface PageProps {
  readonly searchParams: Query;
}

/** The only sentences the address of this page may name, and the field that each is about. */
const errors: Readonly<Record<string, keyof Typed>> = {
  ...{ emailEmpty: "email", email: "email", nameEmpty: "name", tooMany: "email" },
};

async function wrongOf(query: Query): Promise<Wrong | undefined> {
  const word = one((await query)["error"]);
  const at = Object.hasOwn(errors, word) ? errors[word] : undefined;
  if (!at) return undefined;
  const problem = { at, field: { key: `withdraw.${at}` }, say: { key: `withdraw.errors.${word}` } };
  return wrongsOf([problem], await sayer())[0];
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const t = await getTranslations("withdraw");
  return titled(t("heading"), { wrong: (await wrongOf(searchParams)) !== undefined });
}

/** The first of two steps. It works for anybody; whoever pays and is signed in finds it filled in. */
export default async function WithdrawPage({ searchParams }: PageProps) {
  const query = await searchParams;
  const said = Number(one(query["said"]));
  if (Number.isSafeInteger(said) && said > 0) return <Said at={new Date(said)} />;
  return <Ask home={one(query["home"])} wrong={await wrongOf(searchParams)} />;
}

async function Ask({ home, wrong }: { home: string; wrong: Wrong | undefined }) {
  const [t, frame] = [await getTranslations("withdraw"), await getTranslations("frame")];
  const own = wrong ? undefined : await ownWithdrawal(home);
  const typed = own ?? (wrong ? await carried() : { email: "", name: home });
  const field = (id: keyof Typed) => ({ id, label: t(id), hint: t(`${id}Hint`), defaultValue: typed[id], ...asTyped });
  const wrongAt = (id: keyof Typed) => (wrong?.at === id ? { wrong } : {});
  return (
    <Stack>
      {wrong ? <ErrorSummary heading={frame("problems", { n: 1 })} wrongs={[wrong]} /> : null}
      <PageHeading quiet={wrong !== undefined}>{t("heading")}</PageHeading>
      <p>
        {t("lead")} {own ? t("until", { date: day(new Date(own.until)) }) : null} {t("rule")}
      </p>
      <form className="stack stack--4" action={askToWithdrawAction} noValidate>
        <TextField type="email" autoComplete="email" {...field("email")} {...wrongAt("email")} />
        <TextField engraved {...field("name")} {...wrongAt("name")} />
        <Button wide>{t("go")}</Button>
      </form>
      <p className="small muted">{t("nothingYet")}</p>
    </Stack>
  );
}

/** The same words whether there is such a home or not. */
async function Said({ at }: { at: Date }) {
  const t = await getTranslations("withdraw");
  return (
    <Stack>
      <PageHeading>{t("heading")}</PageHeading>
      <Notice tone="brass" icon="mail" heading={t("doneHeading", { date: day(at), time: time(at) })} status>
        <p>{t("doneText")}</p>
      </Notice>
    </Stack>
  );
}
