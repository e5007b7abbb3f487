import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Empty } from "@/components/empty.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { countFamilies } from "@/lib/staff/count-families.ts";
import { type FamilyState, familyStates } from "@/lib/staff/families-sql.ts";
import { type FamilyList, type FamilyQuery, listFamilies } from "@/lib/staff/list-families.ts";
import { web } from "@/lib/web.ts";
import { one, type Query } from "../../start/_wizard/note.tsx";
import { FamilyTable } from "../_parts/family-table.tsx";
import { OpenAlerts } from "../_parts/open-alerts.tsx";
import { SpeedCard } from "../_parts/speed-card.tsx";
import { staffHere } from "../_parts/staff-here.ts";
import { StaffSearch } from "../_parts/staff-search.tsx";
import { staffTitle } from "../_parts/staff-title.ts";

export const generateMetadata = async (): Promise<Metadata> => staffTitle((await getTranslations("staff"))("families"));

function readQuery(text: string, show: string): FamilyQuery {
  const states: readonly string[] = [...familyStates, "refunds"];
  return {
    // As much as the longest name and a bit; nobody types more.
    text: text.slice(0, 100).toWellFormed(),
    show: states.includes(show) ? (show as FamilyQuery["show"]) : undefined,
  };
}

/** Every family and order, those that need a person first. */
export default async function FamiliesPage({ searchParams }: { searchParams: Query }) {
  const { who } = await staffHere();
  const typed = await searchParams;
  const query = readQuery(one(typed["q"]), one(typed["show"]));
  const { world } = web();
  const begun = performance.now();
  const list = await listFamilies(world, who, query);
  const ms = Math.max(1, Math.round(performance.now() - begun));
  const t = await getTranslations("staff.list");
  return (
    <Stack className="wrap wrap--staff page page--staff">
      <div className="row row--between">
        <PageHeading quiet>{(await getTranslations("staff"))("families")}</PageHeading>
        <StaffSearch value={query.text} label={t("search")} button={t("find")} />
      </div>
      {query.text === "" && query.show === undefined ? <OpenAlerts /> : null}
      <Tiles />
      <div className="staffgrid">
        <Stack as="section" gap={2} labelledBy="found">
          <div className="row row--between">
            <h2 id="found">{await heading(query, list)}</h2>
            <p className="small muted" role="status">
              {t("sorted", { ms })}
            </p>
          </div>
          <Shown query={query} />
          {list.lines.length > 0 ? <FamilyTable lines={list.lines} /> : <Nothing query={query} />}
        </Stack>
        <aside className="stack">
          <SpeedCard who={who} />
        </aside>
      </div>
    </Stack>
  );
}

async function heading({ text }: FamilyQuery, { lines, more }: FamilyList): Promise<string> {
  const t = await getTranslations("staff.list");
  const [n, q] = [lines.length, text];
  if (more) return q ? t("first", { n, q }) : t("firstAll", { n });
  return q ? t("matches", { n, q }) : t("all", { n });
}

const tiles = ["blocked", "waiting", "changing", "settled", "lost", "refunds"] as const;

async function Tiles() {
  const { who } = await staffHere();
  const [t, counts] = [await getTranslations("staff.list"), await countFamilies(web().world, who)];
  return (
    <nav className="tiles" aria-label={t("tiles")}>
      {tiles.map((tile) => (
        <Link key={tile} href={`/admin?show=${tile}`} prefetch={false}>
          {t.rich(`tile.${tile}`, { ...rich, n: counts[tile] })}
        </Link>
      ))}
    </nav>
  );
}

/** Which tile was pressed, and the way back to all. */
async function Shown({ query: { text, show } }: { query: FamilyQuery }) {
  if (show === undefined) return null;
  const [t, states] = [await getTranslations("staff.list"), await getTranslations("staff.state")];
  const all = (chunks: ReactNode) => (
    <Link href={text ? `/admin?q=${encodeURIComponent(text)}` : "/admin"} prefetch={false}>
      {chunks}
    </Link>
  );
  const state = show === "refunds" ? t("refundsOpen") : states(show satisfies FamilyState).toLowerCase();
  return <p className="small">{t.rich("shown", { state, all })}</p>;
}

async function Nothing({ query: { text } }: { query: FamilyQuery }) {
  const t = await getTranslations("staff.list");
  return (
    <Empty heading={text ? t("nothing", { q: text }) : t("none")}>
      <p>{text ? t("nothingText") : t("noneText")}</p>
    </Empty>
  );
}
