import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { Chip } from "@/components/chip.tsx";
import { PersonRow } from "@/components/person-row.tsx";
import { Plate } from "@/components/plate.tsx";
import type { Terms } from "@/lib/billing/bill.ts";
import { asksMoney, prices } from "@/lib/billing/prices.ts";
import { mostPeople } from "@/lib/orders/choose-people.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { FocusHash } from "../../_frame/focus-hash.tsx";
import { freeForm } from "../../_frame/free-form.ts";
import { sayer, wrongsOf } from "../../_frame/say.ts";
import { titled } from "../../_frame/titled.ts";
import { money } from "../../_frame/write.ts";
import { Unsent } from "../_live/unsent.tsx";
import { nameOf, orderFor } from "../_wizard/current-order.ts";
import type { Query } from "../_wizard/note.tsx";
import { OrderSide } from "../_wizard/order-side.tsx";
import { WizardScreen } from "../_wizard/wizard-screen.tsx";
import { choosePeopleAction } from "./actions.ts";
import { PersonFields } from "./person-fields.tsx";
import { PlanChoice, PlanMoved } from "./plan-choice.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const [t, order] = [await getTranslations("people"), await orderFor("people")];
  return titled(t("heading"), { step: 3, wrong: order.peopleForm.problems.length > 0 });
}

export default async function PeoplePage({ searchParams }: { searchParams: Query }) {
  const [t, order] = [await getTranslations("people"), await orderFor("people")];
  const { values, problems, seen, terms } = order.peopleForm;
  const wrongs = wrongsOf(problems, await sayer());
  return (
    <WizardScreen
      step={3}
      back="/start/look"
      heading={t("heading")}
      lead={t(freeForm(t, "lead"), { included: planOf(terms).included })}
      wrongs={wrongs}
      attempt={seen}
      query={searchParams}
      aside={
        <OrderSide order={order} heads={1 + values.length} terms={terms}>
          <Plate name={nameOf(order)} />
        </OrderSide>
      }
    >
      <form key={seen} className="stack" action={choosePeopleAction} noValidate>
        {/* The first button of a form is the one that Enter presses: Continue, not the first Take out. */}
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden="true" />
        <Unsent screen="people" seen={seen} />
        <Buyer order={order} />
        {values.map((row, n) => (
          <PersonFields key={row.key} row={row} place={n + 2} name={nameOf(order)} wrongs={wrongs} />
        ))}
        <PlanMoved plan={order.peopleForm} heads={1 + values.length} />
        <AddAnother terms={terms} heads={1 + values.length} />
        <PlanChoice plan={order.peopleForm} period={order.bill?.period ?? "month"} />
        <Actions>
          <Button>{(await getTranslations("frame"))("next")}</Button>
        </Actions>
        <FocusHash after={seen} />
      </form>
    </WizardScreen>
  );
}

async function Buyer({ order }: { order: OrderView }) {
  const t = await getTranslations("people");
  const { given = "", id = "" } = order.buyer ?? {};
  return (
    <div className="card">
      <PersonRow as="div" alone given={given} title={t("you", { given })} id={id}>
        <Chip tone="brass" icon="key-round">
          {t("runs")}
        </Chip>
      </PersonRow>
    </div>
  );
}

/** What a plan includes, and asks for each person more. */
function planOf(terms: Terms | undefined) {
  const plan = terms && prices().plans[terms.plan];
  return { included: plan?.included ?? 1, more: terms && plan?.[terms.period]?.furtherPerson[terms.currency] };
}

async function AddAnother({ terms, heads }: { terms: Terms | undefined; heads: number }) {
  const t = await getTranslations("people");
  const { included, more } = planOf(terms);
  const most = mostPeople();
  const over = more && heads > included && asksMoney() ? { n: heads, included, sum: money(more) } : undefined;
  return (
    <>
      {over && terms ? <p className="small">{t("over", { ...over, period: terms.period })}</p> : null}
      <div>
        {heads < most ? (
          <Button kind="quiet" icon="plus" name="act" value="add">
            {t("add")}
          </Button>
        ) : (
          <p className="muted">{t("full", { most })}</p>
        )}
      </div>
    </>
  );
}
