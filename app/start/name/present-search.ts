import { getTranslations } from "next-intl/server";
import type { IconName } from "@/components/icon.tsx";
import { same } from "@/lib/billing/money.ts";
import { asksMoney, prices } from "@/lib/billing/prices.ts";
import type { Problem } from "@/lib/orders/problem.ts";
import type { NoOffer, Offer, SearchView, Standing } from "@/lib/orders/search-names.ts";
import { billLines } from "../../_frame/bill-lines.ts";
import { freeForm } from "../../_frame/free-form.ts";
import { sayer, wrongsOf } from "../../_frame/say.ts";
import { money } from "../../_frame/write.ts";
import type { OfferProps, SearchProps } from "./search-props.ts";

type T = Awaited<ReturnType<typeof getTranslations<"name">>>;

interface Presented {
  readonly heads: number;
  /** The name that is chosen already, if it is in the list. */
  readonly chosen?: string;
  /** It was offered a moment ago and is gone. */
  readonly lost?: boolean;
}

/** A search in the reader's words. */
export async function presentSearch(view: SearchView, { heads, chosen, lost }: Presented): Promise<SearchProps> {
  const t = await getTranslations("name");
  const { standing, offers, typed, label } = view;
  if (standing.kind === "problem") {
    return { typed, legend: "", status: "", offers: [], ...(await problemProps(standing, t)) };
  }
  const list = await Promise.all(offers.map((offer) => offerProps(offer, heads, t)));
  const first = list.find((offer) => offer.value === chosen)?.value ?? list[0]?.value;
  return {
    typed,
    ...standingProps(standing, lost === true && standing.kind === "taken" ? "lost" : undefined, list.length, t),
    offers: list,
    ...taxNote(offers, t),
    ...(first ? { chosen: first } : { nothing: { heading: t("nothing.heading"), text: t("nothing.text", { label }) } }),
  };
}

/** What is within each of the prices; all of them are of one plan. */
function taxNote([offer]: readonly Offer[], t: T): Pick<SearchProps, "taxNote"> {
  if (!offer || !asksMoney()) return {};
  return { taxNote: t("taxNote", { included: prices().plans[offer.plan]?.included ?? 1, tax: offer.tax }) };
}

async function problemProps(
  standing: Extract<Standing, { kind: "problem" }>,
  t: T,
): Promise<Pick<SearchProps, "wrong" | "perhaps">> {
  const problem: Problem = { at: "q", field: { key: "name.fieldName" }, say: standing.say };
  const [wrong] = wrongsOf([problem], await sayer());
  const perhaps = { heading: t("empty"), before: t("perhaps"), names: standing.perhaps };
  return { ...(wrong ? { wrong } : {}), ...(standing.perhaps.length > 0 ? { perhaps } : {}) };
}

const icons: Partial<Record<NoOffer | "odd" | "away" | "lost", IconName>> = {
  odd: "triangle-alert",
  similar: "triangle-alert",
  premium: "info",
  unsold: "info",
  kept: "info",
  busy: "clock",
  away: "clock",
};
const tones: Partial<Record<NoOffer | "odd" | "away" | "lost", "wait" | "brass">> = {
  odd: "wait",
  similar: "wait",
  busy: "wait",
  away: "wait",
  premium: "brass",
  unsold: "brass",
};

type Standings = Exclude<Standing, { kind: "problem" }>;

/** Heading, text and list title for how the asked name stands. */
function standingProps(
  standing: Standings,
  as: "lost" | undefined,
  n: number,
  t: T,
): Pick<SearchProps, "legend" | "status" | "notice"> {
  if (standing.kind === "free") return { legend: t("free"), status: t("freeStatus", { n }) };
  const kind = as ?? standing.kind;
  const values = {
    n,
    name: "name" in standing ? standing.name : "",
    ending: "ending" in standing ? standing.ending : "",
    other: "other" in standing ? (standing.other ?? "") : "",
  };
  const odd = standing.kind === "odd" ? oddWords(standing, t) : undefined;
  const tone = tones[kind];
  const say = (key: Parameters<T>[0]) => t(freeForm(t, key), values);
  return {
    legend: say(`${kind}.list`),
    status: say(`${kind}.status`),
    notice: {
      ...(tone ? { tone } : {}),
      icon: icons[kind] ?? "door-open",
      heading: say(`${kind}.heading`),
      text: odd?.text ?? say(kind === "odd" ? "odd.list" : `${kind}.text`),
      ...(odd ? { letters: odd.letters } : {}),
      ...(kind === "ours" ? { link: { href: "/sign-in", label: t("ours.signIn") } } : {}),
    },
  };
}

/** The first odd letter is named in the sentence; all of them are marked letter by letter. */
function oddWords({ letters }: Extract<Standing, { kind: "odd" }>, t: T) {
  const odd = letters.flatMap((letter, n) =>
    letter.alphabet ? [{ ...letter, alphabet: letter.alphabet, place: n + 1 }] : [],
  );
  const first = odd[0];
  if (!first) return undefined;
  const alphabet = t(`odd.${first.alphabet}`);
  const places = new Intl.ListFormat("en-GB").format(odd.map((letter) => String(letter.place)));
  return {
    text: t("odd.text", { n: first.place, alphabet, x: first.sign, y: first.meant }),
    letters: {
      list: letters.map(({ sign, alphabet: from }) => ({ sign, ...(from ? { alphabet: t(`odd.${from}`) } : {}) })),
      label: t("odd.letters", { n: odd.length, list: places, all: letters.length, alphabet }),
    },
  };
}

async function offerProps(offer: Offer, heads: number, t: T): Promise<OfferProps> {
  const named = { value: offer.name, label: offer.label, ending: `.${offer.ending}` };
  if (!asksMoney()) return { ...named, bill: undefined };
  const [periods, changes] = [await getTranslations("periods"), !same(offer.laterTotal, offer.total)];
  const values = {
    period: offer.period,
    first: money(offer.nameYear),
    renewal: money(offer.renewalYear),
    a: money(offer.total),
    b: money(offer.laterTotal),
  };
  return {
    ...named,
    note: t(changes ? "yearlyDearer" : "yearly", values),
    sum: money(offer.total),
    per: periods("inAll", { period: offer.period }),
    bill: await billLines(offer, offer.name, heads),
  };
}
