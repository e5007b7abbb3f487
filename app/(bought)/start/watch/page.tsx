import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { StepList } from "@/components/step-list.tsx";
import { WizardPage } from "@/components/wizard-page.tsx";
import { stampOf, type WatchView } from "@/lib/orders/describe-watch.ts";
import { hurryPayment } from "@/lib/orders/hurry-payment.ts";
import { web } from "@/lib/web.ts";
import { type Say, sayer } from "../../../_frame/say.ts";
import { titled } from "../../../_frame/titled.ts";
import type { Query } from "../../../start/_wizard/note.tsx";
import { BoughtPage } from "../../_parts/bought-page.tsx";
import { UnknownBrowser } from "../../_parts/unknown-browser.tsx";
import { Follow } from "./follow.tsx";
import { LostName } from "./lost-name.tsx";
import { lostSearch } from "./lost-search.ts";
import { NotPaid, RefundStands } from "./money.tsx";
import { NeedsYou, Slow } from "./notices.tsx";
import { statusOf } from "./status.ts";
import { stepLines } from "./step-lines.ts";
import { WatchAside } from "./watch-aside.tsx";
import { watched } from "./watched.ts";

interface PageProps {
  readonly searchParams: Query;
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const [say, view] = [await sayer(), await watched()];
  const heading = view && say.has(`watch.heading.${view.phase}`) ? `watch.heading.${view.phase}` : "watch.title";
  const wrong = view?.phase === "lost" && (await lostSearch(await searchParams)).wrongs.length > 0;
  return titled(say({ key: heading }), { step: 6, wrong });
}

/** Screen 6: what is being done, as it happens. Looking at it never changes anything; a payment is asked after. */
export default async function WatchPage({ searchParams }: PageProps) {
  const view = await watched();
  if (view?.phase === "unpaid") redirect("/start/pay");
  if (view?.phase === "done") redirect("/start/home");
  if (view) await hurryPayment(web().world, view);
  const t = await getTranslations("watch");
  return (
    <BoughtPage link={{ href: "/help", label: t("help") }}>
      {view ? <Watch view={view} query={searchParams} /> : <UnknownBrowser />}
    </BoughtPage>
  );
}

/** Seconds after which the page is asked for again where no script does it. */
const seconds = 5;

async function Watch({ view, query }: { view: WatchView; query: Query }) {
  const [t, frame, say] = [await getTranslations("watch"), await getTranslations("frame"), await sayer()];
  const { phase } = view;
  const search = phase === "lost" ? await lostSearch(await query) : undefined;
  const wrongs = search?.wrongs ?? [];
  return (
    <WizardPage
      step={6}
      stepWords={frame("step", { n: 6 })}
      heading={say({ key: `watch.heading.${phase}` })}
      lead={
        <p className="lead" role="status">
          {say(statusOf(view, t("yourCard")))}
        </p>
      }
      problems={{ heading: frame("problems", { n: wrongs.length }), wrongs }}
      attempt={search?.typed}
      aside={<WatchAside view={view} />}
    >
      <Follow stamp={stampOf(view)} />
      {search ? (
        <LostName view={view} search={search} />
      ) : (
        <noscript>
          <meta httpEquiv="refresh" content={String(seconds)} />
        </noscript>
      )}
      {phase === "payment" ? <NotPaid /> : null}
      {phase === "refunding" || phase === "refunded" || phase === "over" ? <RefundStands view={view} /> : null}
      {phase === "making" || phase === "delayed" || phase === "needs-you" ? (
        <Making view={view} say={say} list={t("list")} />
      ) : null}
    </WizardPage>
  );
}

function Making({ view, say, list }: { view: WatchView; say: Say; list: string }) {
  const now = web().world.clock.now();
  return (
    <>
      {view.phase === "needs-you" ? <NeedsYou view={view} now={now} /> : null}
      {view.phase === "delayed" ? <Slow view={view} now={now} /> : null}
      <StepList label={list} steps={stepLines(view, say, now)} />
    </>
  );
}
