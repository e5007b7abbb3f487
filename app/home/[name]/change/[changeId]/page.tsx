import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { TickField } from "@/components/tick.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { NameplateError } from "@/lib/errors.ts";
import { describeTerms, type TermsView } from "@/lib/households/describe-terms.ts";
import { addressOf } from "@/lib/orders/draft.ts";
import { web } from "@/lib/web.ts";
import { consentMissing, consentWords } from "../../../../_frame/consent-words.ts";
import { freeForm } from "../../../../_frame/free-form.ts";
import { planName } from "../../../../_frame/plan-words.ts";
import { titled } from "../../../../_frame/titled.ts";
import { day } from "../../../../_frame/write.ts";
import { one, type Query } from "../../../../start/_wizard/note.tsx";
import { partnerOf } from "../../../_parts/member.ts";
import { RefreshSoon } from "../../../_parts/refresh-soon.tsx";
import { confirmTermsAction } from "../actions.ts";
import { NextBill } from "./next-bill.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string; readonly changeId: string }>;
  readonly searchParams: Query;
}

/** As ours are made (lib/ids.ts). */
const idShape = /^\w{1,60}$/;

const changeOf = cache(async (name: string, changeId: string): Promise<TermsView> => {
  const member = await partnerOf(name);
  if (!idShape.test(changeId)) notFound();
  try {
    return await describeTerms(web().world, member, changeId);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") notFound();
    throw error;
  }
});

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const { change, wrongs } = await formOf(props);
  return titled((await wordsOf(change)).heading, { wrong: wrongs.length > 0 });
}

/** The change, and what is missing where they pressed the button. */
async function formOf({ params, searchParams }: PageProps) {
  const { name, changeId } = await params;
  const [change, tried] = [await changeOf(name, changeId), one((await searchParams)["tried"])];
  const { children } = change.asksFor;
  const missing = tried !== "" && change.state === "shown" && children.length > 0;
  return { change, tried, wrongs: missing ? [await consentMissing(children)] : [] };
}

/** What changes, before it is saved: who comes or goes, which home it will be, and each line of the next bill. */
export default async function ChangePage(props: PageProps) {
  const { change, tried, wrongs } = await formOf(props);
  if (change.state === "taken") redirect(change.bill ? `/home/${change.name}/bill` : `/home/${change.name}`);
  const { heading, lead, save, leave } = await wordsOf(change);
  const [t, frame] = [await getTranslations("family.terms"), await getTranslations("frame")];
  const problem = wrongs.length > 0;
  return (
    <Stack gap={5} className="wrap wrap--text page">
      {problem ? <ErrorSummary key={tried} heading={frame("problems", { n: wrongs.length })} wrongs={wrongs} /> : null}
      <PageHeading quiet={problem}>{heading}</PageHeading>
      {lead.map((words) => (
        <p key={words}>{words}</p>
      ))}
      {change.state === "shown" ? (
        <>
          {change.bill ? (
            <NextBill bill={change.bill} turns={change.turn !== null} />
          ) : (
            <p>{t(freeForm(t, "billStays"))}</p>
          )}
          <Save change={change} label={save} leave={leave} wrong={wrongs[0]} />
        </>
      ) : (
        <Instead change={change} />
      )}
    </Stack>
  );
}

interface SaveProps {
  readonly change: TermsView;
  readonly label: string;
  readonly leave: string | undefined;
  readonly wrong: Wrong | undefined;
}

async function Save({ change: { id, name, bill, asksFor }, label, leave, wrong }: SaveProps) {
  const t = await getTranslations("family.terms");
  return (
    <form className="stack stack--4" action={confirmTermsAction}>
      <input type="hidden" name="home" value={name} />
      <input type="hidden" name="change" value={id} />
      <input type="hidden" name="then" value={bill ? "bill" : "home"} />
      {asksFor.children.length > 0 ? (
        <TickField id="childConsent" name="childConsent" value="yes" small {...(wrong ? { wrong } : {})}>
          {await consentWords(asksFor.children, asksFor.country)}
        </TickField>
      ) : null}
      <Actions>
        <Button type="submit">{label}</Button>
        <ButtonLink href={`/home/${name}`} kind="quiet">
          {leave ?? t("leaveIt")}
        </ButtonLink>
      </Actions>
    </form>
  );
}

/** There is nothing to say yes to, yet or any more. */
async function Instead({ change: { state, name } }: { change: TermsView }) {
  const t = await getTranslations("family.terms");
  if (state === "asked")
    return (
      <Notice tone="brass" icon="clock" heading={t("asking")} status>
        <p>{t("askingText")}</p>
        <RefreshSoon />
      </Notice>
    );
  const why = state === "given-up" ? "givenUp" : "over";
  return (
    <Notice tone="wait" icon="clock" heading={t(why)} status>
      <p>{t(`${why}Text`)}</p>
      <ButtonLink href={`/home/${name}`} small kind="quiet">
        {t("back")}
      </ButtonLink>
    </Notice>
  );
}

interface Words {
  readonly heading: string;
  readonly lead: readonly string[];
  readonly save: string;
  /** Of the button that changes nothing, where it has words of its own. */
  readonly leave?: string;
}

async function wordsOf({ add, out, back, addOn, plan, turn, name }: TermsView): Promise<Words> {
  const t = await getTranslations("family.terms");
  if (turn) {
    const values = { period: turn.to, date: day(new Date(turn.from)) };
    return { heading: t("turnQuestion", values), lead: [t("turnText", values)], save: t("turnTo", values) };
  }
  if (addOn) {
    const values = { called: addOn.called };
    if (addOn.comes) return { heading: t("addOnQuestion", values), lead: [], save: t("addOnYes", values) };
    return { heading: t("addOnOffQuestion", values), lead: [t("addOnOffText")], save: t("addOnOffYes") };
  }
  const [from, to] = [await planName(plan.from), await planName(plan.to)];
  const moved = plan.from === plan.to ? [] : [t("planMoves", { from, to })];
  const [comes, goes, returns] = [add[0], out[0], back[0]];
  if (comes) {
    const values = { given: comes.given, id: addressOf(comes.part, name) };
    const lead = t(comes.child ? "addChild" : "addAdult", values);
    return { heading: t("addQuestion", values), lead: [lead, ...moved], save: t("addYes", values) };
  }
  if (goes) {
    const values = { given: goes.given, id: addressOf(goes.part, name) };
    const then = goes.erased ? t("outErased", values) : t("outUndo", values);
    const lead = goes.movedIn ? [t("outMovedIn", values), then] : [t("outText", values)];
    const buttons = { save: t("outYes", values), leave: t("outNo", values) };
    return { heading: t("outQuestion", values), lead: [...lead, ...moved], ...buttons };
  }
  if (returns) {
    const values = { given: returns.given, id: addressOf(returns.part, name) };
    return {
      heading: t("backQuestion", values),
      lead: [t("backText", values), ...moved],
      save: t("bringBack", values),
    };
  }
  return { heading: t("planQuestion", { to }), lead: [], save: t("planYes", { to }) };
}
