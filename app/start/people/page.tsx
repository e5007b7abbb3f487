import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { Chip } from "@/components/chip.tsx";
import { PersonRow } from "@/components/person-row.tsx";
import { Plate } from "@/components/plate.tsx";
import { prices } from "@/lib/billing/prices.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { termsHere } from "../../_frame/currency.ts";
import { sayer, wrongsOf } from "../../_frame/say.ts";
import { titled } from "../../_frame/titled.ts";
import { money } from "../../_frame/write.ts";
import { FocusHash } from "../_live/focus-hash.tsx";
import { Unsent } from "../_live/unsent.tsx";
import { nameOf, orderFor } from "../_wizard/current-order.ts";
import type { Query } from "../_wizard/note.tsx";
import { OrderSide } from "../_wizard/order-side.tsx";
import { WizardScreen } from "../_wizard/wizard-screen.tsx";
import { choosePeopleAction } from "./actions.ts";
import { PersonFields } from "./person-fields.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const [t, order] = [await getTranslations("people"), await orderFor("people")];
  return titled(t("heading"), { step: 3, wrong: order.peopleForm.problems.length > 0 });
}

export default async function PeoplePage({ searchParams }: { searchParams: Query }) {
  const [t, order] = [await getTranslations("people"), await orderFor("people")];
  const { values, problems, seen } = order.peopleForm;
  const wrongs = wrongsOf(problems, await sayer());
  return (
    <WizardScreen
      step={3}
      back="/start/look"
      heading={t("heading")}
      lead={t("lead", { included: (await planOf(order)).included })}
      wrongs={wrongs}
      attempt={seen}
      query={searchParams}
      aside={
        <OrderSide order={order} heads={1 + values.length}>
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
        <AddAnother order={order} heads={1 + values.length} />
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

/** What the order's plan includes, takes, and asks for each person more. */
async function planOf(order: OrderView) {
  const { plan: id, period, currency } = await termsHere(order);
  const plan = prices().plans[id];
  return { included: plan?.included ?? 1, most: plan?.most ?? 1, more: plan?.[period]?.furtherPerson[currency] };
}

async function AddAnother({ order, heads }: { order: OrderView; heads: number }) {
  const [t, frame] = [await getTranslations("people"), await getTranslations("frame")];
  const { included, most, more } = await planOf(order);
  return (
    <>
      {heads > included && more ? <p className="small">{t("over", { n: heads, included, sum: money(more) })}</p> : null}
      <div>
        {heads < most ? (
          <Button kind="quiet" icon="plus" name="act" value="add">
            {t("add")}
          </Button>
        ) : (
          <p className="muted">{t("full", { most })}</p>
        )}
      </div>
      <Actions>
        <Button>{frame("next")}</Button>
      </Actions>
    </>
  );
}
