import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { Facts } from "@/components/facts.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { BillView } from "@/lib/households/describe-bill.ts";
import type { PayerView } from "@/lib/households/describe-payer.ts";
import { monthOnCard } from "../../../_frame/month-on-card.ts";
import { day, dayOfYear } from "../../../_frame/write.ts";
import { RefreshSoon } from "../../_parts/refresh-soon.tsx";
import { takeOfferBackAction } from "./payer/actions.ts";

/** Who pays, with which card, and where the bills go; and who is asked to pay instead. */
export async function WhoPays({ payer, card }: { payer: PayerView; card: BillView["card"] }) {
  const t = await getTranslations("family.payer");
  const until = card?.endsAt ? monthOnCard(new Date(card.endsAt)) : undefined;
  const facts = [
    { term: t("name"), fact: payer.name },
    ...(card ? [{ term: t("card"), fact: until ? t("cardUntil", { card: card.label, until }) : card.label }] : []),
    { term: t("mail"), fact: payer.email },
  ];
  return (
    <Stack as="section" gap={2} className="card" labelledBy="who">
      <h2 id="who">{t("who")}</h2>
      <Facts facts={facts} small />
      {payer.waiting ? (
        <Waiting home={payer.home} waiting={payer.waiting} />
      ) : payer.others.length > 0 ? (
        <p>
          <Link href={`/home/${payer.home}/bill/payer`}>{t("heading")}</Link>
        </p>
      ) : null}
    </Stack>
  );
}

async function Waiting({ home, waiting }: { home: string; waiting: NonNullable<PayerView["waiting"]> }) {
  const t = await getTranslations("family.payer");
  const { id, given, email, at, until, state } = waiting;
  const values = { given, mail: email, since: dayOfYear(new Date(at)), date: dayOfYear(new Date(until)) };
  if (state !== "asked")
    return (
      <>
        <p>{t(state, values)}</p>
        {state === "given" ? <RefreshSoon /> : null}
      </>
    );
  return (
    <form className="stack stack--2" action={takeOfferBackAction}>
      <p>
        <b>{t("waiting", values)}</b> {t("waitingText", values)}
      </p>
      <input type="hidden" name="home" value={home} />
      <input type="hidden" name="offer" value={id} />
      <div>
        <Button type="submit" kind="quiet" small>
          {t("takeBack")}
        </Button>
      </div>
    </form>
  );
}

/** All that whoever runs the home reads of a bill that somebody else pays. */
export async function PaidByOther({ payer }: { payer: PayerView }) {
  const [t, bill] = [await getTranslations("family.payer"), await getTranslations("family.billPage")];
  const values = { payer: payer.name, date: day(new Date(payer.since ?? 0)) };
  return (
    <Stack gap={4} className="wrap wrap--text page">
      <PageHeading>{bill("heading")}</PageHeading>
      <p className="lead">{t("paidBy", values)}</p>
      <p>{t("paidByText", values)}</p>
    </Stack>
  );
}

/** That it could not be taken back any more. */
export async function TooLate() {
  const t = await getTranslations("family.payer");
  return <Notice tone="wait" icon="info" heading={t("tooLate")} status />;
}
