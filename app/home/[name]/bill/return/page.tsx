import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { describeReturn, type ReturnView } from "@/lib/households/describe-return.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../../_frame/titled.ts";
import { TurnedAway } from "../../../../_frame/turned-away.tsx";
import { money } from "../../../../_frame/write.ts";
import { Note, one, type Query } from "../../../../start/_wizard/note.tsx";
import { payerOf } from "../../../_parts/member.ts";
import { RefreshSoon } from "../../../_parts/refresh-soon.tsx";
import { IfYouChangeYourMind } from "./if-you-change-your-mind.tsx";
import { ReturnBox } from "./return-box.tsx";
import { WhyNot } from "./why-not.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const wrong = one((await searchParams)["note"]) === "tick";
  return titled((await getTranslations("family.return"))("heading"), { wrong });
}

/** What it costs to open a home again whose bill has ended, before anything is paid. */
export default async function ReturnPage({ params, searchParams }: PageProps) {
  const member = await payerOf((await params).name);
  const query = await searchParams;
  const by = one(query["by"]);
  const view = await describeReturn(web().world, member, by === "year" || by === "month" ? by : undefined);
  // Its bill runs: it is open.
  if (view.whyNot === "runs") redirect(`/home/${view.name}/bill`);
  const [t, note] = [await getTranslations("family.return"), one(query["note"])];
  const wrong = note === "tick" ? await tickFirst() : undefined;
  const paid = view.whyNot === "paying" || (view.paying === "open" && (query["paid"] === "1" || note === "paid"));
  if (paid) await web().world.ring({ kind: "order", orderId: view.orderId });
  const offer = !paid && !view.whyNot ? view.offer : null;
  return (
    <Stack gap={5} className="wrap page">
      {wrong ? (
        <ErrorSummary
          key={one(query["tried"])}
          heading={(await getTranslations("frame"))("problems", { n: 1 })}
          wrongs={[wrong]}
        />
      ) : (
        await Said({ note, paying: view.paying, query: searchParams })
      )}
      <Stack gap={2}>
        <PageHeading quiet={wrong !== undefined}>{t("heading")}</PageHeading>
        <p className="lead">{t(offer ? "lead" : "kept", { name: view.name })}</p>
      </Stack>
      {paid ? <Paid /> : <WhyNot view={view} />}
      {offer ? (
        <div className="beside">
          <Stack gap={5}>
            <IfYouChangeYourMind offer={offer} />
            <Other view={view} />
          </Stack>
          <ReturnBox view={view} offer={offer} wrong={wrong} />
        </div>
      ) : null}
    </Stack>
  );
}

async function tickFirst(): Promise<Wrong> {
  const [t, frame] = [await getTranslations("family.return.errors"), await getTranslations("frame")];
  return { at: "consent", text: t("consent"), short: t("consentShort"), before: frame("errorBefore") };
}

/** What happened between pressing the button and being here again. */
async function Said({ note, paying, query }: { note: string; paying: ReturnView["paying"]; query: Query }) {
  const [t, pay] = [await getTranslations("family.return"), await getTranslations("pay")];
  switch (note) {
    case "unpaid":
      return <Notice tone="brass" heading={pay("unpaid")} status />;
    case "vendor":
      return <Notice tone="wait" icon="clock" heading={pay("errors.vendorAway")} status />;
    case "price":
      return <Notice tone="brass" heading={t("errors.price")} status />;
    default:
      return paying === "turned-away" ? <TurnedAway /> : <Note query={query} />;
  }
}

async function Paid() {
  const t = await getTranslations("family.return");
  return (
    <Notice tone="brass" icon="clock" heading={t("opening")} status>
      <p>{t("openingText")}</p>
      <RefreshSoon />
    </Notice>
  );
}

/** The same by the other period, where it is sold so. */
async function Other({ view: { name, other } }: { view: ReturnView }) {
  if (!other) return null;
  const t = await getTranslations("family.return");
  const { period, total } = other;
  return (
    <p>
      <Link href={`/home/${name}/bill/return?by=${period}`} prefetch={false}>
        {t("other", { period, sum: money(total) })}
      </Link>
    </p>
  );
}
