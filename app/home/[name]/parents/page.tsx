import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { Wrong } from "@/components/wrong.ts";
import type { ParentsView } from "@/lib/households/parents/describe-parents.ts";
import { readInvite, type TypedInvite } from "@/lib/households/parents/read-invite.ts";
import { sayer, wrongsOf } from "../../../_frame/say.ts";
import { titled } from "../../../_frame/titled.ts";
import { day, dayOfYear } from "../../../_frame/write.ts";
import { writeToUs } from "../../../_frame/write-to-us.tsx";
import { one, type Query } from "../../../start/_wizard/note.tsx";
import { takeInviteBackAction } from "./actions.ts";
import { parentsHere } from "./here.ts";
import { InviteForm } from "./invite-form.tsx";
import { carried } from "./typed.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

/** What the address may say is wrong beside what was typed, and the field that each is about. */
const errors: Readonly<Record<string, "email" | "personId">> = {
  ...{ same: "email", open: "email", full: "email", often: "email", noChild: "email", personId: "personId" },
};

interface Form {
  readonly typed: TypedInvite | undefined;
  readonly wrongs: readonly Wrong[];
}

async function formOf({ params, searchParams }: PageProps): Promise<Form> {
  const [query, view] = [await searchParams, await parentsHere((await params).name)];
  const [tried, error] = [one(query["tried"]), one(query["error"])];
  const typed = tried || error ? await carried() : undefined;
  const at = Object.hasOwn(errors, error) ? errors[error] : undefined;
  const say = await sayer();
  if (at) {
    const problem = { at, field: { key: `family.parents.${at}` }, say: { key: `family.parents.errors.${error}` } };
    return { typed, wrongs: wrongsOf([problem], say) };
  }
  const read = tried && typed ? readInvite(typed, { name: view.home }) : undefined;
  return { typed, wrongs: read && !read.ok ? wrongsOf(read.problems, say) : [] };
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const t = await getTranslations("family.parents");
  return titled(t("heading"), { wrong: (await formOf(props)).wrongs.length > 0 });
}

/** Who looks after the children, who is asked to, and what to do when they do not agree. */
export default async function ParentsPage(props: PageProps) {
  const view = await parentsHere((await props.params).name);
  const query = await props.searchParams;
  const { typed, wrongs } = await formOf(props);
  const [t, frame] = [await getTranslations("family.parents"), await getTranslations("frame")];
  const problem = wrongs.length > 0;
  return (
    <Stack gap={6} className="wrap wrap--text page">
      {problem ? (
        <ErrorSummary key={one(query["tried"])} heading={frame("problems", { n: wrongs.length })} wrongs={wrongs} />
      ) : null}
      <Stack gap={2}>
        <PageHeading quiet={problem}>{t("heading")}</PageHeading>
        <p className="lead">{t(view.parents.length > 1 ? "lead" : "leadAlone")}</p>
      </Stack>
      {one(query["error"]) === "tooLate" ? <Notice tone="wait" icon="info" heading={t("tooLate")} status /> : null}
      <Names view={view} />
      {view.waiting ? <Waiting home={view.home} waiting={view.waiting} /> : null}
      {view.room || problem ? <InviteForm view={view} typed={typed} wrongs={wrongs} /> : null}
      {view.parents.length > 1 ? <NotAgreed home={view.home} /> : null}
      <p>
        <Link href={`/home/${view.home}`} prefetch={false}>
          {t("toFamily")}
        </Link>
      </p>
    </Stack>
  );
}

async function Names({ view: { parents } }: { view: ParentsView }) {
  const t = await getTranslations("family.parents");
  return (
    <ul className="people card card--rows" aria-label={t("heading")}>
      {parents.map(({ given, you }) => (
        <li key={`${you} ${given}`} className="person person--plain">
          <div className="person__who">
            <b>{you ? t("you", { given }) : given}</b>
          </div>
        </li>
      ))}
    </ul>
  );
}

async function Waiting({ home, waiting }: { home: string; waiting: NonNullable<ParentsView["waiting"]> }) {
  const t = await getTranslations("family.parents");
  const { id, given, email, by, at, until } = waiting;
  return (
    <Notice tone="brass" icon="mail" heading={t("waiting", { given, since: dayOfYear(new Date(at)) })}>
      <p>{t("waitingText", { by, mail: email, date: day(new Date(until)) })}</p>
      <form action={takeInviteBackAction}>
        <input type="hidden" name="home" value={home} />
        <input type="hidden" name="invite" value={id} />
        <Button kind="quiet" small>
          {t("takeBack")}
        </Button>
      </form>
    </Notice>
  );
}

/** What holds when two do not agree, and the way out for whoever no longer wants to decide. */
async function NotAgreed({ home }: { home: string }) {
  const t = await getTranslations("family.parents");
  return (
    <Stack as="section" gap={2} labelledBy="out">
      <h2 id="out">{t("out")}</h2>
      <p>{t.rich("outText", writeToUs())}</p>
      <p>
        <Link href={`/home/${home}/parents/leave`} prefetch={false}>
          {t("go")}
        </Link>
      </p>
    </Stack>
  );
}
