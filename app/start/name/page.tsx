import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache, type ReactNode } from "react";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { asksMoney } from "@/lib/billing/prices.ts";
import { freeForm } from "../../_frame/free-form.ts";
import { searching, tooOften } from "../../_frame/limits.ts";
import { titled } from "../../_frame/titled.ts";
import { currentOrder, watchPage } from "../_wizard/current-order.ts";
import { Note, one, type Query } from "../_wizard/note.tsx";
import { NameScreen, type NameScreenProps } from "./name-screen.tsx";
import { presentSearch } from "./present-search.ts";
import { searchHere } from "./search-here.ts";
import type { SearchProps } from "./search-props.ts";

interface PageProps {
  readonly searchParams: Query;
}

/** What the page shows, found once for title and body: nothing is asked of anyone before something is typed. */
const find = cache(async (typed: string | undefined, lost: boolean): Promise<SearchProps> => {
  const order = await currentOrder();
  const nothing: SearchProps = { typed: typed ?? "", legend: "", status: "", offers: [] };
  const wanted = typed ?? order?.name ?? undefined;
  if (wanted === undefined) return nothing;
  if ((await tooOften(searching)) !== undefined)
    return { ...nothing, typed: wanted, wrong: await wrongWith("again.often") };
  const view = await searchHere(wanted, order);
  return presentSearch(view, { heads: order?.heads ?? 1, lost, ...(order?.name ? { chosen: order.name } : {}) });
});

async function wrongWith(key: "again.often" | "name.errors.nothingChosen"): Promise<Wrong> {
  const t = await getTranslations();
  return { at: "q", text: t(key), short: t(key), before: t("frame.errorBefore") };
}

async function found({ searchParams }: PageProps): Promise<SearchProps> {
  const { q, lost, note } = await searchParams;
  const search = await find(q === undefined ? undefined : one(q), one(lost) !== "");
  return one(note) === "choose" && !search.wrong
    ? { ...search, wrong: await wrongWith("name.errors.nothingChosen") }
    : search;
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const t = await getTranslations("name");
  return titled(t("heading"), { step: 1, wrong: (await found(props)).wrong !== undefined });
}

export default async function NamePage(props: PageProps) {
  if ((await currentOrder())?.state === "closed") redirect(watchPage);
  return (
    <NameScreen words={await words()} found={await found(props)} note={<Note query={props.searchParams} />}>
      <OtherWays />
    </NameScreen>
  );
}

async function words(): Promise<NameScreenProps["words"]> {
  const [t, frame, order] = await Promise.all([
    getTranslations("name"),
    getTranslations("frame"),
    getTranslations("order"),
  ]);
  return {
    step: frame("step", { n: 1 }),
    back: frame("back"),
    heading: t("heading"),
    field: t("field"),
    hint: t("hint"),
    search: t("search"),
    searchLabel: t("searchLabel"),
    looking: t("looking"),
    next: frame("next"),
    aside: order("aside"),
    blank: order("blank"),
    none: order(freeForm(order, "none")),
    uncharged: asksMoney() ? order("uncharged") : undefined,
    problem: frame("problems", { n: 1 }),
  };
}

async function OtherWays() {
  const t = await getTranslations("name");
  const link = (chunks: ReactNode) => (
    <Link href="/elsewhere" prefetch={false}>
      {chunks}
    </Link>
  );
  return (
    <Stack gap={2}>
      <h2 className="heading-plain">{t("or")}</h2>
      <p>{t.rich(freeForm(t, "elsewhere"), { ...rich, link })}</p>
    </Stack>
  );
}
