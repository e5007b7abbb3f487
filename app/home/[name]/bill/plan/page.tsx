import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { type Choice, ChoiceCards } from "@/components/choice-cards.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { asksMoney, prices } from "@/lib/billing/prices.ts";
import { type ChoicesView, describeChoices } from "@/lib/households/describe-choices.ts";
import { addressOf } from "@/lib/orders/draft.ts";
import { web } from "@/lib/web.ts";
import { planName, planRoom } from "../../../../_frame/plan-words.ts";
import { titled } from "../../../../_frame/titled.ts";
import { money } from "../../../../_frame/write.ts";
import { one, type Query } from "../../../../start/_wizard/note.tsx";
import { payerOf } from "../../../_parts/member.ts";
import { NotNow, WhyBack } from "../../../_parts/not-now.tsx";
import { choosePlanAction } from "../../change/actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("family.terms"))("planHeading"));

/** Which home it shall be. What it comes to is on the next page. */
export default async function PlanPage({ params, searchParams }: PageProps) {
  const view = await describeChoices(web().world, await payerOf((await params).name));
  if (view.plans.length < 2) redirect(`/home/${view.name}/bill`);
  const [query, t] = [await searchParams, await getTranslations("family.terms")];
  const wanted = one(query["plan"]);
  return (
    <Stack gap={5} className="wrap wrap--text page">
      <PageHeading>{t("planHeading")}</PageHeading>
      <WhyBack error={one(query["error"])} />
      {one(query["error"]) === "noRoom" && view.plans.includes(wanted) ? <NoRoom view={view} plan={wanted} /> : null}
      {view.whyNot ? <NotNow why={view.whyNot} /> : <Plans view={view} />}
    </Stack>
  );
}

async function Plans({ view }: { view: ChoicesView }) {
  const [t, frame, plans] = [
    await getTranslations("family.terms"),
    await getTranslations("frame"),
    await getTranslations("plans"),
  ];
  return (
    <form className="stack stack--4" action={choosePlanAction}>
      <input type="hidden" name="home" value={view.name} />
      <fieldset className="stack stack--3">
        <legend className="legend">{plans("legend")}</legend>
        <ChoiceCards id="plan" name="plan" choices={await choicesOf(view)} chosen={view.plan} />
      </fieldset>
      <Actions>
        <Button>{frame("next")}</Button>
        <ButtonLink href={`/home/${view.name}/bill`} kind="quiet">
          {t("leaveIt")}
        </ButtonLink>
      </Actions>
    </form>
  );
}

async function choicesOf({ plans, period, currency }: ChoicesView): Promise<Choice[]> {
  const t = await getTranslations("plans");
  return Promise.all(
    plans.map(async (plan) => {
      const home = prices().plans[plan]?.[period]?.home[currency];
      return {
        ...{ value: plan, label: await planName(plan), note: await planRoom({ plan, period, currency }) },
        ...(home && asksMoney() ? { sum: money(home), per: t("each", { period }) } : {}),
      };
    }),
  );
}

/** Everybody who would have no room, by name. */
async function NoRoom({ view: { people, name }, plan }: { view: ChoicesView; plan: string }) {
  const t = await getTranslations("family.terms");
  const most = prices().plans[plan]?.most ?? 1;
  return (
    <Notice tone="wait" icon="hand" heading={t("noRoom", { plan: await planName(plan), most })} status>
      <p>{t("noRoomText", { n: people.length })}</p>
      <ul>
        {people.map(({ given, part }) => (
          <li key={part}>{t("noRoomFor", { given, id: addressOf(part, name) })}</li>
        ))}
      </ul>
    </Notice>
  );
}
