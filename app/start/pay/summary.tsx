import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { type Answer, Answers } from "@/components/answers.tsx";
import { rich } from "@/components/rich.tsx";
import { asksMoney, prices } from "@/lib/billing/prices.ts";
import { countryName } from "@/lib/orders/deed/countries.ts";
import { shownPhone } from "@/lib/orders/deed/shown-phone.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { locale } from "@/messages/request.ts";
import { planName } from "../../_frame/plan-words.ts";

/** Everything that was answered, each line changeable. */
export async function Summary({ order }: { order: OrderView }) {
  const t = await getTranslations("pay");
  const change = (href: string, what: string) => (
    <Link href={href} prefetch={false}>
      {t.rich("change", { ...rich, what })}
    </Link>
  );
  const answers: readonly Answer[] = [
    { question: t("yourName"), answer: order.name, engraved: true, change: change("/start/name", t("changeName")) },
    {
      question: t("you"),
      answer: t.rich("youLine", { ...rich, ...order.buyer }),
      change: change("/start/look", t("changeYou")),
    },
    { question: t("people"), answer: <Others order={order} />, change: change("/start/people", t("changePeople")) },
    ...(await homeAnswer(order, change("/start/people#plan", t("changeHome")))),
    { question: t("onDeed"), answer: <Owner order={order} />, change: change("/start/deed", t("changeDeed")) },
  ];
  return <Answers answers={answers} />;
}

/** Which home it is, where there was one to choose. */
async function homeAnswer({ bill, heads, peopleForm }: OrderView, change: ReactNode): Promise<readonly Answer[]> {
  const plan = bill && prices().plans[bill.plan];
  if (!plan || peopleForm.plans.length < 2 || !asksMoney()) return [];
  const t = await getTranslations("pay");
  const beyond = Math.max(0, heads - plan.included);
  const answer = t("homeLine", { plan: await planName(bill.plan), included: plan.included, n: heads, beyond });
  return [{ question: t("home"), answer, change }];
}

async function Others({ order }: { order: OrderView }) {
  const t = await getTranslations("pay");
  if (order.people.length === 0) return t("nobodyElse");
  return order.people.map(({ kind, given, id }) => (
    <span key={id} className="block">
      {t.rich(kind === "child" ? "childLine" : "adultLine", { ...rich, given, id })}
    </span>
  ));
}

function Owner({ order }: { order: OrderView }) {
  const { deed } = order;
  if (!deed) return null;
  const { fullName, organisation, street, city, state, postalCode, country, email, phone } = deed;
  const where = [fullName, organisation, street, city, state, postalCode, countryName(country, locale)];
  return (
    <>
      <span className="block">{where.filter(Boolean).join(", ")}</span>
      <span className="block">
        {email}, {shownPhone(phone)}
      </span>
    </>
  );
}
