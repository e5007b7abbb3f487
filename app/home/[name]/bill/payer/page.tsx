import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { asTyped, TextField } from "@/components/field.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { Ticks } from "@/components/tick.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { describePayer, type PayerView } from "@/lib/households/describe-payer.ts";
import { web } from "@/lib/web.ts";
import { sayer, wrongsOf } from "../../../../_frame/say.ts";
import { titled } from "../../../../_frame/titled.ts";
import { one, type Query } from "../../../../start/_wizard/note.tsx";
import { payerOf } from "../../../_parts/member.ts";
import { NotNow } from "../../../_parts/not-now.tsx";
import { choosePayerAction } from "./actions.ts";
import { carried, type Typed } from "./typed.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

/** The only sentences that the address of this page may name, and the field that each is about. */
const errors: Readonly<Record<string, "person" | "email">> = {
  ...{ person: "person", email: "email", same: "email", open: "person", often: "email" },
};

async function wrongOf(query: Query): Promise<Wrong | undefined> {
  const word = one((await query)["error"]);
  const at = Object.hasOwn(errors, word) ? errors[word] : undefined;
  if (!at) return undefined;
  const problem = { at, field: { key: `family.payer.${at}` }, say: { key: `family.payer.errors.${word}` } };
  return wrongsOf([problem], await sayer())[0];
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const t = await getTranslations("family.payer");
  return titled(t("heading"), { wrong: (await wrongOf(searchParams)) !== undefined });
}

/** Who shall pay instead. What changes is on the next page. */
export default async function PayerPage({ params, searchParams }: PageProps) {
  const view = await describePayer(web().world, await payerOf((await params).name));
  const wrong = await wrongOf(searchParams);
  if (!view || (view.waiting && !wrong)) redirect(`/home/${(await params).name}/bill`);
  const [t, frame] = [await getTranslations("family.payer"), await getTranslations("frame")];
  return (
    <Stack gap={5} className="wrap wrap--text page">
      {wrong ? <ErrorSummary heading={frame("problems", { n: 1 })} wrongs={[wrong]} /> : null}
      <PageHeading quiet={wrong !== undefined}>{t("heading")}</PageHeading>
      {view.whyNot ? (
        <NotNow why={view.whyNot} />
      ) : view.others.length === 0 ? (
        <p>{t("nobody")}</p>
      ) : (
        <Ask view={view} typed={wrong ? await carried() : undefined} wrong={wrong} />
      )}
    </Stack>
  );
}

async function Ask({ view, typed, wrong }: { view: PayerView; typed: Typed | undefined; wrong: Wrong | undefined }) {
  const [t, frame] = [await getTranslations("family.payer"), await getTranslations("frame")];
  const { others, home } = view;
  const [only] = others;
  const chosen = typed?.personId ?? (others.length === 1 ? only?.personId : undefined);
  const options = others.map(({ personId, given }) => ({ value: personId, label: given }));
  const wrongAt = (at: string) => (wrong?.at === at ? { wrong } : {});
  const known = typed?.email ?? (others.length === 1 ? only?.email : "");
  return (
    <>
      <p>{t("lead")}</p>
      <form className="stack stack--4" action={choosePayerAction} noValidate>
        <input type="hidden" name="home" value={home} />
        <Ticks id="person" name="person" legend={t("person")} value={chosen} options={options} {...wrongAt("person")} />
        <TextField
          {...{ id: "email", type: "email", label: t("email"), hint: t("emailHint"), defaultValue: known, ...asTyped }}
          {...wrongAt("email")}
        />
        <Actions>
          <Button>{frame("next")}</Button>
          <ButtonLink href={`/home/${home}/bill`} kind="quiet">
            {t("leaveIt")}
          </ButtonLink>
        </Actions>
      </form>
    </>
  );
}
