import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Chip, type Tone } from "@/components/chip.tsx";
import type { IconName } from "@/components/icon.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { HomeHealth, HomeView } from "@/lib/households/describe-home.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../_frame/titled.ts";
import { day, dayOfYear, time } from "../../_frame/write.ts";
import { one, type Query } from "../../start/_wizard/note.tsx";
import { BillCard } from "../_parts/bill-card.tsx";
import { ChildrensRules } from "../_parts/childrens-rules.tsx";
import { Consents } from "../_parts/consents.tsx";
import { Erasures } from "../_parts/erasures.tsx";
import { Growing } from "../_parts/growing.tsx";
import { HouseLine } from "../_parts/house-line.tsx";
import { LookedAfter } from "../_parts/looked-after.tsx";
import { homeOfName, insiderOf } from "../_parts/member.ts";
import { NameCard } from "../_parts/name-card.tsx";
import { WhyBack } from "../_parts/not-now.tsx";
import { OwedNotice } from "../_parts/owed-notice.tsx";
import { OwnPasskeys } from "../_parts/own-passkeys.tsx";
import { ParentsHome } from "../_parts/parents-home.tsx";
import { PeopleList, TakenOut } from "../_parts/people-list.tsx";
import { Questions } from "../_parts/questions.tsx";
import { ReportSomebody } from "../_parts/report-somebody.tsx";
import { RestsNotice } from "../_parts/rests-notice.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

export async function generateMetadata({ params }: Pick<PageProps, "params">): Promise<Metadata> {
  const { name } = await params;
  await insiderOf(name);
  return titled(decodeURIComponent(name));
}

/** For whoever runs the home all of it; for another parent its children. */
export default async function FamilyPage({ params, searchParams }: PageProps) {
  const { name } = await params;
  const ask = one((await searchParams)["ask"]);
  const { runs } = await insiderOf(name);
  if (!runs) return <ParentsHome name={name} ask={ask} />;
  return <WholeHome home={await homeOfName(name)} error={one((await searchParams)["error"])} ask={ask} />;
}

interface WholeHomeProps {
  readonly home: HomeView;
  readonly error: string;
  readonly ask: string;
}

/** How the home is, who lives in it, and what it costs. */
async function WholeHome({ home, error, ask }: WholeHomeProps) {
  const t = await getTranslations("family");
  const hasChildren = home.people.some(({ child }) => child);
  return (
    <Stack gap={6} className="wrap page">
      <Stack gap={2}>
        <PageHeading>
          <span className="name">{home.name}</span>
        </PageHeading>
        <p className="muted row">
          <Health health={home.health} /> <span>{await lookedAt(home)}</span>
        </p>
      </Stack>
      <WhyBack error={error} />
      {home.cares ? <Questions name={home.name} error={ask} /> : null}
      {home.cares ? <Consents name={home.name} /> : null}
      {home.cares ? <Growing name={home.name} /> : null}
      <Erasures name={home.name} />
      <WhatIsUp home={home} />
      {home.endedAt ? (
        <RestsNotice name={home.name} endedAt={home.endedAt} rests={true} owes={home.owed !== null} />
      ) : null}
      {home.owed ? (
        <OwedNotice owed={home.owed} card={home.bill?.card ?? null} rests={home.health === "resting"} />
      ) : null}
      <div className="beside beside--wide">
        <Stack gap={6}>
          <PeopleList home={home} />
          <TakenOut home={home} />
          {hasChildren ? <LookedAfter name={home.name} parents={home.parents} cares={home.cares} /> : null}
          {home.cares ? <ChildrensRules name={home.name} /> : null}
          <HouseLine name={home.name} />
          <OwnPasskeys />
          <ReportSomebody name={home.name} />
        </Stack>
        <aside className="stack stack--5" aria-label={t("nameAndBill")}>
          <NameCard home={home} />
          <BillCard home={home} />
        </aside>
      </div>
    </Stack>
  );
}

const looks: Record<HomeHealth, { readonly tone: Tone; readonly icon: IconName }> = {
  well: { tone: "good", icon: "check" },
  "being-made": { tone: "brass", icon: "rotate-cw" },
  "being-repaired": { tone: "wait", icon: "clock" },
  "needs-you": { tone: "wait", icon: "hand" },
  resting: { tone: "wait", icon: "clock" },
};

async function Health({ health }: { health: HomeHealth }) {
  const t = await getTranslations("family.health");
  return <Chip {...looks[health]}>{t(health)}</Chip>;
}

async function lookedAt({ lookedAt: iso }: HomeView): Promise<string> {
  const t = await getTranslations("family");
  if (!iso) return t("notLooked");
  const at = new Date(iso);
  const today = day(at) === day(web().world.clock.now());
  return today ? t("lookedToday", { time: time(at) }) : t("looked", { date: dayOfYear(at), time: time(at) });
}

/** Sentences about what only the buyer can do are in the catalogue by the step's code. */
const needs = ["confirm-email", "registry-refused"] as const;

async function WhatIsUp({ home }: { home: HomeView }) {
  const t = await getTranslations("family");
  const watch = (chunks: ReactNode) => (
    <Link href="/start/watch" prefetch={false}>
      {chunks}
    </Link>
  );
  const need = needs.find((code) => code === home.needs?.code);
  if (need)
    return (
      <Notice tone="wait" icon="hand" heading={t(`needs.${need}`)}>
        <p>{t.rich(`needs.${need}Text`, { mail: home.needs?.mail ?? "", watch })}</p>
      </Notice>
    );
  if (home.health === "being-made")
    return (
      <Notice tone="brass" icon="clock" heading={t("making")}>
        <p>{t.rich("makingText", { watch })}</p>
      </Notice>
    );
  if (home.health !== "being-repaired") return null;
  return (
    <Notice tone="wait" icon="clock" heading={t("repairing")}>
      <p>{t("repairingText")}</p>
    </Notice>
  );
}
