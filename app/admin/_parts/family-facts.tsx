import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Facts } from "@/components/facts.tsx";
import { Stack } from "@/components/stack.tsx";
import type { FamilyView } from "@/lib/staff/describe-family.ts";
import { locale } from "@/messages/request.ts";
import { money } from "../../_frame/write.ts";
import { Act } from "./act.tsx";
import { shortTime, wholeDay } from "./times.ts";

interface Fact {
  readonly term: string;
  readonly fact: ReactNode;
}
/** Only what is known: an empty line tells nobody anything. */
const known = (facts: readonly (Fact | null)[]): Fact[] =>
  facts.filter((one) => one !== null && one.fact !== "") as Fact[];

/** Who they are, what they paid, who lives there, and the home itself. */
export async function FamilyFacts({ family }: { family: FamilyView }) {
  const t = await getTranslations("staff.family");
  return (
    <aside className="stack stack--4" aria-label={t("facts")}>
      <Box id="owner" heading={t("owner")} facts={await ownerFacts(family)} />
      <Box id="money" heading={t("money")} facts={await moneyLines(family)} />
      {family.people.length > 0 ? <PeopleBox family={family} /> : null}
      {family.parents.length > 0 ? <ParentsBox family={family} /> : null}
      {family.tenant ? <Box id="home" heading={t("home")} facts={await homeFacts(family)} /> : null}
    </aside>
  );
}

function Box({ id, heading, facts }: { id: string; heading: string; facts: readonly Fact[] }) {
  return (
    <Stack as="section" gap={2} className="card" labelledBy={`facts-${id}`}>
      <h2 id={`facts-${id}`}>{heading}</h2>
      <Facts facts={facts} small />
    </Stack>
  );
}

async function ownerFacts({ owner }: FamilyView): Promise<Fact[]> {
  const t = await getTranslations("staff.family");
  const countries = new Intl.DisplayNames(locale, { type: "region" });
  return known([
    { term: t("ownerName"), fact: owner.name },
    { term: t("email"), fact: owner.email ?? "" },
    { term: t("phone"), fact: owner.phone },
    { term: t("country"), fact: owner.country ? (countries.of(owner.country) ?? owner.country) : "" },
  ]);
}

async function moneyLines({ money: of, withdrawal, payer, orderId, name }: FamilyView): Promise<Fact[]> {
  const t = await getTranslations("staff.family");
  const card = of.card ?? "";
  return known([
    { term: t("bill"), fact: of.bill ? t("each", { sum: money(of.bill.sum), period: of.bill.period }) : "" },
    of.paid && of.refunded
      ? { term: t("paidSum"), fact: t("paidRefunded", { paid: money(of.paid), refunded: money(of.refunded) }) }
      : null,
    { term: t("nextBill"), fact: wholeDay(of.next) },
    { term: t("owed"), fact: of.owedOnName ? money(of.owedOnName) : "" },
    { term: t("withdraw"), fact: wholeDay(of.withdrawBy) },
    withdrawal ? { term: t("withdrew"), fact: await withdrawalLine(withdrawal) } : null,
    payer
      ? {
          term: t("payer"),
          fact: (
            <>
              {t("payerLine", { name: payer.name, mail: payer.email, since: wholeDay(payer.since) })}{" "}
              <Act act="ask-to-pay" subject={orderId} name={name ?? ""} kind="quiet" />
            </>
          ),
        }
      : null,
    { term: t("receipt"), fact: of.receipt ?? "" },
    { term: t("card"), fact: card && of.elevatedRisk ? t("risk", { card }) : card },
    of.customerId ? { term: t("customer"), fact: <span className="code">{of.customerId}</span> } : null,
    of.customerId && of.next
      ? {
          term: t("coupon"),
          fact: <Act act="give-coupon" subject={orderId} name={name ?? ""} kind="quiet" asksCode />,
        }
      : null,
    ...of.refunds.map((refund) => ({
      term: t("refund"),
      fact:
        refund.state === "refused"
          ? t("refundRefused", { sum: money(refund), detail: refund.detail ?? "" })
          : t("refundLine", { sum: money(refund), state: refund.state, cause: refund.cause }),
    })),
  ]);
}

async function withdrawalLine({ at, closes, state, sums }: NonNullable<FamilyView["withdrawal"]>): Promise<string> {
  const t = await getTranslations("staff.family");
  const [back, owed] = [money(sums.back), money(sums.owed)];
  return t("withdrewLine", { at: shortTime(at), closes: shortTime(closes), state, back, owed });
}

async function PeopleBox({ family }: { family: FamilyView }) {
  const t = await getTranslations("staff.family");
  return (
    <Stack as="section" gap={2} className="card" labelledBy="facts-people">
      <h2 id="facts-people">{t("people")}</h2>
      <ul className="stack stack--1 small plain">
        {family.people.map((person) => (
          <li key={person.part}>
            <span className="name">@{person.part}</span>{" "}
            {[
              ...(person.runsHome ? [t("owns")] : []),
              ...(person.child ? [t("child")] : []),
              person.stays === "lives" ? t(`cards.${person.card ?? "none"}`) : t(`stays.${person.stays}`),
            ].join(", ")}
          </li>
        ))}
      </ul>
    </Stack>
  );
}

/** The last parent cannot be taken out. */
async function ParentsBox({ family: { parents, name } }: { family: FamilyView }) {
  const t = await getTranslations("staff.family");
  return (
    <Stack as="section" gap={2} className="card" labelledBy="facts-parents">
      <h2 id="facts-parents">{t("parents")}</h2>
      <ul className="stack stack--1 small plain">
        {parents.map(({ given, subject }) => (
          <li key={subject} className="row">
            <span>{given}</span>
            {parents.length > 1 ? <Act act="take-parent-out" subject={subject} name={name ?? ""} kind="quiet" /> : null}
          </li>
        ))}
      </ul>
    </Stack>
  );
}

async function homeFacts({ tenant, steps }: FamilyView): Promise<Fact[]> {
  const t = await getTranslations("staff.family");
  const of = (step: string, fact: string): string => {
    const value = steps.find((one) => one.name === step)?.facts[fact];
    return typeof value === "string" ? value : "";
  };
  const key = of("homeserver", "keyId");
  return known([
    { term: t("version"), fact: of("homeserver", "version") },
    key ? { term: t("key"), fact: <span className="code">{key}</span> } : null,
    { term: t("until"), fact: wholeDay(of("domain", "registeredUntil") || null) },
    { term: t("certificate"), fact: wholeDay(of("certificate", "validUntil") || null) },
    { term: t("ready"), fact: shortTime(tenant?.readyAt ?? null) || t("unknown") },
    { term: t("handedOver"), fact: shortTime(tenant?.handedOverAt ?? null) },
    { term: t("nextLook"), fact: shortTime(tenant?.nextCheckAt ?? null) },
    tenant?.rests
      ? {
          term: t("rests"),
          fact: t(`restsBecause.${tenant.rests.because}`, { since: shortTime(tenant.rests.since) }),
        }
      : null,
    tenant?.approvedPrice ? { term: t("approved"), fact: t("approvedYes", { ...tenant.approvedPrice }) } : null,
    tenant?.want === "gone" ? { term: t("gone"), fact: "" } : null,
  ]);
}
