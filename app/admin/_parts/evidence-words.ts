import { getTranslations } from "next-intl/server";
import type { Evidence } from "@/lib/billing/evidence.ts";
import type { DisputeFacts, DisputeView } from "@/lib/staff/describe-dispute.ts";
import { money } from "../../_frame/write.ts";
import { dayAndTime, wholeDay } from "./times.ts";

/** What a bank would read of a dispute: what was written down once it was sent, and before that what is known now. */
export const evidenceWords = async (dispute: DisputeView): Promise<Evidence> =>
  dispute.written ?? (await inWordsNow(dispute));

async function inWordsNow({ name, facts }: DisputeView): Promise<Evidence> {
  const t = await getTranslations("staff.evidence");
  const { payer, email, consent, home } = facts;
  return {
    ...(payer ? { payer } : {}),
    ...(email ? { email } : {}),
    ...(consent?.from ? { from: consent.from } : {}),
    sold: t("sold", { name }),
    ...(home?.firstSeenAt ? { since: wholeDay(home.firstSeenAt) } : {}),
    ...(consent ? { agreed: t("agreed", { at: dayAndTime(consent.at), text: consent.text }) } : {}),
    stopping: t("stopping"),
    used: await wordsOfUse(name, home),
    more: await wordsOfMore(name, facts),
  };
}

async function wordsOfUse(name: string, home: DisputeFacts["home"]): Promise<string> {
  const t = await getTranslations("staff.evidence");
  const { registeredAt, firstSeenAt, ownerCameAt, lastSeenAt } = home ?? {};
  const lines = [
    ...(registeredAt ? [t("registered", { at: dayAndTime(registeredAt), name })] : []),
    ...(firstSeenAt ? [t("ready", { at: dayAndTime(firstSeenAt) })] : []),
    ...(ownerCameAt ? [t("came", { at: dayAndTime(ownerCameAt) })] : []),
    ...(lastSeenAt ? [t("seen", { at: dayAndTime(lastSeenAt) })] : []),
  ];
  return lines.length > 0 ? lines.join("\n") : t("nothing");
}

async function wordsOfMore(name: string, { bill, others, card, home, orderedAt }: DisputeFacts): Promise<string> {
  const t = await getTranslations("staff.evidence");
  const said = ({ number, at, sum }: NonNullable<DisputeFacts["bill"]>) => ({
    number,
    at: wholeDay(at),
    sum: money(sum),
  });
  return [
    t("ordered", { at: dayAndTime(orderedAt) }),
    ...(bill ? [t("bill", said(bill))] : []),
    ...(card ? [t("card", { card })] : []),
    ...(home?.registeredUntil ? [t("until", { name, at: wholeDay(home.registeredUntil) })] : []),
    ...(others.length > 0 ? [t("others", { list: others.map((one) => t("other", said(one))).join("; ") })] : []),
  ].join("\n");
}
