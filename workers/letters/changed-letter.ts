import { same } from "@/lib/billing/money.ts";
import { type TermsChange, termsChange } from "@/lib/billing/terms-change.ts";
import { nextBillOf } from "@/lib/households/describe-terms.ts";
import { addressOf } from "@/lib/orders/draft.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** What a family changed of its home, and what its bills are from then on; undefined where the change is not there any more. */
export async function changedLetter(tools: LetterTools, values: Record<string, string>): Promise<Filling | undefined> {
  const { db, day, webUrl } = tools;
  const row = await db.billChange.findUnique({ where: { id: values["changeId"] ?? "" }, include: { order: true } });
  if (!row) return undefined;
  const { order } = row;
  const [terms, name] = [termsChange.parse(row.terms), order.name ?? ""];
  const { addOn } = terms;
  // Whoever was taken out may be in no table any more, and whoever is gone is named nowhere.
  const { given = "", part = "" } = terms.add[0] ?? values;
  if (given === "" && terms.add.length + terms.out.length + terms.back.length > 0) return undefined;
  const until = values["until"] ? day(new Date(values["until"])) : "";
  return {
    ...{
      as: values["erased"] && terms.out.length > 0 ? "changed-erased" : kindOf(terms, until !== ""),
      until,
      name,
      given,
      id: addressOf(part, name),
      period: terms.period,
      label: addOn?.label ?? terms.home.label,
    },
    comes: addOn?.comes ? "yes" : "no",
    date: day(new Date(terms.turn?.from ?? terms.at)),
    bill: order.stripeSubscriptionId ? ` ${billWords(tools, terms)}` : "",
    link: `${webUrl}/home/${name}${terms.add.length + terms.back.length > 0 || until ? "" : "/bill"}`,
  };
}

function kindOf({ add, out, back, addOn, turn }: TermsChange, hadMovedIn: boolean): string {
  if (addOn) return "changed-add-on";
  if (add.length > 0) return "changed-add";
  if (back.length > 0) return "changed-back";
  if (out.length > 0) return hadMovedIn ? "changed-taken" : "changed-out";
  return turn ? "changed-period" : "changed-plan";
}

function billWords({ translate, money, day }: LetterTools, terms: TermsChange): string {
  if (!terms.billed || !terms.shown) return translate("changed-plan.bill.stays", {});
  const { at, due, each, period } = nextBillOf(terms, terms.shown);
  const next = translate("changed-plan.bill.next", { sum: money(due), date: day(new Date(at)) });
  return same(due, each) ? next : `${next} ${translate("changed-plan.bill.then", { sum: money(each), period })}`;
}
