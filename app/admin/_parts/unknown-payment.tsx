import { getTranslations } from "next-intl/server";
import { Facts } from "@/components/facts.tsx";
import type { UnknownPayment as Payment } from "@/lib/staff/list-alerts.ts";
import { settings } from "../../_frame/settings.ts";
import { money } from "../../_frame/write.ts";
import { Act } from "./act.tsx";
import { dayAndTime } from "./times.ts";

/** What is known of a payment that no order knows, with the way to the vendor's own page of it. */
export async function UnknownPayment({ payment }: { payment: Payment }) {
  const t = await getTranslations("staff.alerts.payment");
  const { sum, begunAt, email, orderId, paymentIntentId, subscriptionId, sessionId } = payment;
  const code = (text: string) => <span className="code">{text}</span>;
  const facts = [
    { term: t("sum"), fact: money(sum) },
    ...(begunAt ? [{ term: t("begun"), fact: dayAndTime(begunAt) }] : []),
    ...(email ? [{ term: t("payer"), fact: email }] : []),
    { term: t("order"), fact: orderId ? code(orderId) : t("noOrder") },
    {
      term: t("payment"),
      fact: paymentIntentId ? <VendorLink kind="payments" id={paymentIntentId} {...payment} /> : t("unseen"),
    },
    ...(subscriptionId
      ? [{ term: t("subscription"), fact: <VendorLink kind="subscriptions" id={subscriptionId} {...payment} /> }]
      : []),
    { term: t("visit"), fact: code(sessionId) },
  ];
  return <Facts facts={facts} small />;
}

/** Either of them settles it. */
export async function SettlePayment({ payment: { sum, sessionId, paymentIntentId } }: { payment: Payment }) {
  const which = { subject: sessionId, name: money(sum), kind: "quiet" } as const;
  return (
    <div className="stack stack--2">
      {paymentIntentId ? <Act act="give-back-payment" {...which} /> : null}
      <Act act="settle-payment" {...which} />
    </div>
  );
}

interface VendorLinkProps {
  readonly kind: "payments" | "subscriptions";
  readonly id: string;
  /** Tells a test from the real thing. */
  readonly sessionId: string;
}

/** The stand-in has one page for everything. */
function VendorLink({ kind, id, sessionId }: VendorLinkProps) {
  const test = sessionId.startsWith("cs_test_") ? "test/" : "";
  return (
    <a href={settings().STRIPE_URL ?? `https://dashboard.stripe.com/${test}${kind}/${id}`} rel="noreferrer">
      <span className="code">{id}</span>
    </a>
  );
}
