import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Notice } from "@/components/notice.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { type Bill, billFor, isFree, termsNow } from "@/lib/billing/bill.ts";
import { moneyOf } from "@/lib/billing/money.ts";
import { asksMoney } from "@/lib/billing/prices.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { web } from "@/lib/web.ts";
import { leavesByYear } from "../../_frame/add-on-words.ts";
import { consentMissing } from "../../_frame/consent-words.ts";
import { freeForm } from "../../_frame/free-form.ts";
import { LeftNote } from "../../_frame/left-note.tsx";
import { PeriodChoice } from "../../_frame/period-choice.tsx";
import { titled } from "../../_frame/titled.ts";
import { TurnedAway } from "../../_frame/turned-away.tsx";
import { day, money } from "../../_frame/write.ts";
import { nameOf, orderFor } from "../_wizard/current-order.ts";
import { one, type Query } from "../_wizard/note.tsx";
import { WizardScreen } from "../_wizard/wizard-screen.tsx";
import { AddOnChoice } from "./add-on-choice.tsx";
import { billDates } from "./bill-dates.ts";
import { childrenAsked } from "./children-asked.ts";
import { IfYouChangeYourMind } from "./if-you-change-your-mind.tsx";
import { PayBox } from "./pay-box.tsx";
import { Summary } from "./summary.tsx";
import { carriedTicks } from "./ticks.ts";

interface PageProps {
  readonly searchParams: Query;
}

const noteOf = async ({ searchParams }: PageProps): Promise<string> => one((await searchParams)["note"]);

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const t = await getTranslations("pay");
  return titled(t(freeForm(t, "heading")), { step: 5, wrong: (await noteOf(props)) === "tick" });
}

export default async function PayPage(props: PageProps) {
  const [t, order] = [await getTranslations("pay"), await orderFor("pay")];
  const { bill } = order;
  if (!bill) redirect("/start/name");
  const dates = billDates(web().world.clock.now());
  const [asked, tried] = [childrenAsked(order), (await noteOf(props)) === "tick"];
  const ticked = tried ? await carriedTicks() : { begin: false, child: false };
  const wrongs = [
    ...(tried && !isFree(bill) && !ticked.begin ? [await tickFirst(day(dates.beginsOtherwise))] : []),
    ...(tried && asked.length > 0 && !ticked.child ? [await consentMissing(asked)] : []),
  ];
  return (
    <WizardScreen
      step={5}
      back="/start/deed"
      heading={t(freeForm(t, "heading"))}
      wrongs={wrongs}
      attempt={order.version}
      query={props.searchParams}
      notice={await payNote(order, bill, props)}
      aside={<PayBox order={order} bill={bill} dates={dates} wrongs={wrongs} ticked={ticked} />}
    >
      <Summary order={order} />
      <PeriodOf order={order} bill={bill} />
      <AddOnChoice bill={bill} seen={order.billSeen} />
      {isFree(bill) ? null : <IfYouChangeYourMind bill={bill} dates={dates} />}
    </WizardScreen>
  );
}

/** The same bill by the month and by the year. */
async function PeriodOf({ order, bill }: { order: OrderView; bill: Bill }) {
  if (!asksMoney()) return null;
  const by = (period: Bill["period"]) => {
    const terms = termsNow({ ...bill, period });
    return terms.period === period ? billFor(order.ending ?? "", order.heads, terms) : undefined;
  };
  const hint = await leavesByYear(termsNow(bill));
  return (
    <PeriodChoice
      {...{ month: by("month"), year: by("year"), now: bill.period, seen: order.billSeen, ...(hint ? { hint } : {}) }}
      at="pay"
    />
  );
}

async function tickFirst(date: string): Promise<Wrong> {
  const [t, frame] = [await getTranslations("pay"), await getTranslations("frame")];
  return {
    at: "consent",
    text: t("errors.consent", { date }),
    short: t("errors.consentShort"),
    before: frame("errorBefore"),
  };
}

/** What happened between pressing the button and being here again; undefined for what every screen may say. */
async function payNote(order: OrderView, bill: Bill, props: PageProps): Promise<ReactNode> {
  const t = await getTranslations("pay");
  switch (await noteOf(props)) {
    case "unpaid":
      return <Notice tone="brass" heading={t("unpaid")} status />;
    case "registry":
      return (
        <Notice
          tone="wait"
          icon="clock"
          heading={t(freeForm(t, "errors.registryAway"), { name: nameOf(order) })}
          status
        />
      );
    case "vendor":
      return <Notice tone="wait" icon="clock" heading={t("errors.vendorAway")} status />;
    case "price":
      return <PriceNote order={order} bill={bill} was={one((await props.searchParams)["was"])} />;
    case "left":
      return <LeftNote ids={one((await props.searchParams)["left"])} />;
    case "":
      if (order.turnedAway) return <TurnedAway />;
      return order.state === "checkout" ? <OpenPage /> : undefined;
    default:
      return undefined;
  }
}

async function PriceNote({ order, bill, was }: { order: OrderView; bill: Bill; was: string }) {
  const t = await getTranslations("pay");
  const before = /^\d{1,9}$/.test(was) ? moneyOf(Number(was), bill.currency) : bill.nameYear;
  const values = { name: nameOf(order), a: money(before), b: money(bill.nameYear) };
  return <Notice tone="brass" heading={t("errors.price", values)} status />;
}

async function OpenPage() {
  const t = await getTranslations("pay");
  const link = (chunks: ReactNode) => (
    <Link href="/start/watch" prefetch={false}>
      {chunks}
    </Link>
  );
  return (
    <Notice tone="wait" icon="clock" heading={t("open")} status>
      <p>{t.rich("openText", { link })}</p>
    </Notice>
  );
}
