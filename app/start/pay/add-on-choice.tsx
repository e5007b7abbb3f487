import { getTranslations } from "next-intl/server";
import { type Choice, TickCards } from "@/components/choice-cards.tsx";
import { addOnSums, addOnsSold, type Bill } from "@/lib/billing/bill.ts";
import { asksMoney, prices } from "@/lib/billing/prices.ts";
import { addOnLabel, addOnNames } from "../../_frame/add-on-words.ts";
import { FocusHash } from "../../_frame/focus-hash.tsx";
import { SendAtOnce } from "../../_frame/send-at-once.tsx";
import { chooseTermsAction } from "../../_frame/terms-action.ts";
import { money } from "../../_frame/write.ts";

interface AddOnChoiceProps {
  readonly bill: Bill;
  /** The mark of the bill it stands beside. */
  readonly seen: string;
}

/** What the book sells beside a home, each with its price. Nothing where it has none. */
export async function AddOnChoice({ bill, seen }: AddOnChoiceProps) {
  const sold = addOnsSold(bill);
  const others = Object.keys(prices().addOns).filter((id) => !sold.includes(id));
  if (!asksMoney() || sold.length + others.length === 0) return null;
  const t = await getTranslations("addOns");
  const not = others.length > 0 ? t("onlyMonth", await addOnNames(others)) : undefined;
  if (sold.length === 0) return <p className="small muted">{not}</p>;
  const ticked = bill.addOns.map(({ id }) => id);
  return (
    <form action={chooseTermsAction} className="stack stack--3">
      <input type="hidden" name="at" value="pay" />
      <input type="hidden" name="seen" value={seen} />
      {/* Without it a form with nothing ticked would say nothing of add-ons. */}
      <input type="hidden" name="addOns" value="" />
      <fieldset className="stack stack--3" aria-describedby={not ? "add-ons-not" : undefined}>
        <legend className="legend">{t("legend")}</legend>
        <TickCards id="add-on" name="addOns" choices={await choicesOf(bill, sold)} ticked={ticked} />
      </fieldset>
      {not ? (
        <p className="hint" id="add-ons-not">
          {not}
        </p>
      ) : null}
      <SendAtOnce choice="addOns" button={(await getTranslations("periods"))("button")} />
      <FocusHash after={ticked.join()} />
    </form>
  );
}

async function choicesOf({ period, currency }: Bill, sold: readonly string[]): Promise<Choice[]> {
  const t = await getTranslations("plans");
  return addOnSums({ period, currency, addOns: sold }, prices()).map(({ id, sum }) => ({
    ...{ value: id, label: addOnLabel(id), sum: money(sum), per: t("each", { period }) },
  }));
}
