import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { Field, Input } from "@/components/field.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import type { GrowingView } from "@/lib/households/growing/describe-growing.ts";
import { readBirthday } from "@/lib/households/growing/read-birthday.ts";
import { web } from "@/lib/web.ts";
import { sayer, wrongsOf } from "../../../../../_frame/say.ts";
import { titled } from "../../../../../_frame/titled.ts";
import { one, type Query } from "../../../../../start/_wizard/note.tsx";
import { sayBirthdayAction } from "./actions.ts";
import { carriedBirthday, growingIn } from "./growing.ts";
import { Offer } from "./offer.tsx";
import { WhatComes } from "./what-comes.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string; readonly personId: string }>;
  readonly searchParams: Query;
}

/** The child, what was typed as its birthday, and what is wrong with that where it led back here. */
async function formOf({ params, searchParams }: PageProps) {
  const { name, personId } = await params;
  const { child } = await growingIn(name, personId);
  const tried = one((await searchParams)["tried"]);
  const typed = tried === "" ? (child.bornOn ?? "") : await carriedBirthday();
  const read = readBirthday(typed, web().world.clock.now());
  const wrongs = tried !== "" && !read.ok ? wrongsOf(read.problems, await sayer(), { given: child.given }) : [];
  return { name: decodeURIComponent(name), child, tried, typed, wrongs };
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const { child, wrongs } = await formOf(props);
  const t = await getTranslations("family.growing");
  return titled(t("heading", { given: child.given }), { wrong: wrongs.length > 0 });
}

/** When a child was born, what follows from it and when, and the rules that are offered for its age. */
export default async function GrowingPage(props: PageProps) {
  const { name, child, tried, typed, wrongs } = await formOf(props);
  const [t, frame] = [await getTranslations("family.growing"), await getTranslations("frame")];
  const note = one((await props.searchParams)["note"]);
  return (
    <Stack gap={6} className="wrap wrap--text page">
      {wrongs.length > 0 ? (
        <ErrorSummary key={tried} heading={frame("problems", { n: wrongs.length })} wrongs={wrongs} />
      ) : null}
      <Stack gap={2}>
        <PageHeading quiet={wrongs.length > 0}>{t("heading", { given: child.given })}</PageHeading>
        <p className="name muted">{child.id}</p>
      </Stack>
      <Note word={note} />
      <Offer name={name} child={child} />
      <BirthdayForm key={`${tried} ${note}`} name={name} child={child} typed={typed} wrongs={wrongs} />
      <WhatComes child={child} />
      <p>
        <Link href={`/home/${name}/rules/${child.personId}`} prefetch={false}>
          {t("toRules", { given: child.given })}
        </Link>
      </p>
    </Stack>
  );
}

interface BirthdayProps {
  readonly name: string;
  readonly child: GrowingView;
  readonly typed: string;
  readonly wrongs: readonly Wrong[];
}

async function BirthdayForm({ name, child: { personId, given }, typed, wrongs }: BirthdayProps) {
  const t = await getTranslations("family.growing");
  const wrong = wrongAt(wrongs, "bornOn");
  const about = { hint: t("birthdayHint"), ...(wrong ? { wrong } : {}) };
  return (
    <form className="stack" action={sayBirthdayAction} noValidate>
      <input type="hidden" name="home" value={name} />
      <input type="hidden" name="child" value={personId} />
      <Field id="bornOn" label={t("birthday", { given })} {...about}>
        <Input id="bornOn" type="date" width="mid" defaultValue={typed} {...about} />
      </Field>
      <Actions>
        <Button>{t("save")}</Button>
      </Actions>
    </form>
  );
}

/** The only sentences that the address of this page may name. */
const notes = { saved: "good", took: "good", left: "good", changed: "wait", odd: "wait" } as const;

async function Note({ word }: { word: string }) {
  if (!Object.hasOwn(notes, word)) return null;
  const known = word as keyof typeof notes;
  const t = await getTranslations("family.growing");
  const heading = known === "changed" || known === "odd" ? t(`errors.${known}`) : t(`notes.${known}`);
  return <Notice tone={notes[known]} icon={notes[known] === "good" ? "check" : "info"} heading={heading} status />;
}
