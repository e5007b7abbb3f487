import { moneyOf } from "@/lib/billing/money.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

const name = "smith.family";
const id = "@anna:smith.family";

/**
 * What would fill in each letter that there is, for whoever looks at them all at once (npm run letters). By the words of the
 * letter, of which a kind may have several; a letter without a sample is a failing test.
 */
export function samples({ translate, money, webUrl }: LetterTools): Readonly<Record<string, Filling>> {
  const pounds = (minor: number): string => money(moneyOf(minor, "GBP"));
  const [sum, rest] = [pounds(625), pounds(1925)];
  const [date, time, card] = ["24 November 2026", "21:07", "Visa ending 4242"];
  const [bill, watch] = [`${webUrl}/home/${name}/bill`, `${webUrl}/start/watch`];
  const leave = `${webUrl}/home/${name}/leave`;
  const token = "J6yWb2vN0q4x8sRtKd1mZc7hLp3uFgA9";
  const changed = {
    name,
    date,
    bill: ` ${translate("changed-plan.bill.next", { sum, date: "24 December 2026" })}`,
    link: bill,
  };
  const outOfHome = { name, given: "Ben", id: "@ben:smith.family", owner: "Anna", until: "24 December 2026" };
  const disputed = { name, sum, link: bill };
  const unpaid = { name, sum, card, rests: "no", again: "yes", next: "27 November 2026", date, link: bill };
  const refused = translate("payment-failed.why.refused", {});
  // A name of £21 that would cost £30 a year, and costs the limit of £26.25 without a yes.
  const dearer = {
    ...{ name, date, period: "month", until: "22 November 2026", link: bill },
    ...{ now: pounds(2100), billNow: sum, next: pounds(2625), billNext: pounds(669) },
    ...{ asked: pounds(3000), billAsked: pounds(700), limit: pounds(2625), billLimit: pounds(669) },
  };
  const taken = {
    ...{ name, payer: "Ben Smith", owner: "Anna", card: "Mastercard ending 4444", sum, period: "month" },
    ...{ date: "24 December 2026", agreed: date, link: bill },
  };
  const homeLine = translate("receipt.home", { period: "month", sum: pounds(450) });
  const nameLine = translate("receipt.name", { period: "month", name, sum: pounds(175) });
  const back = translate("withdrawn.line.home", { sum: pounds(420) });
  const owed = translate("withdrawn.line.owed", { sum: rest });
  const ready = { ...{ id, given: "Anna", part: "anna", name, full: "Anna Smith", until: "24 November 2027", sum } };
  const readyLink = { ...ready, period: "month", nextBill: "24 December 2026", link: `${webUrl}/home` };
  const readyBody = [translate("ready.body", readyLink), translate("ready.bill", readyLink)].join("\n");
  const decided = {
    ...{ number: 42, decided: translate("report-answered.decided.page-off", {}) },
    reason: "The page bears the name of somebody who does not live there.",
  };
  const growing = { name, given: "Mia", id: "@mia:smith.family", date: "12 March 2035" };
  const grown = `${webUrl}/home/${name}/rules/per_1/growing`;
  const lines = "Quiet hours: From 20:30 to 07:00, beginning on Sunday. What comes meanwhile is there afterwards.";
  return {
    "erase-asked": { name, given: "Mia", by: "Ben", link: `${webUrl}/home/${name}` },
    "house-terms": { name, id: "@mia:smith.family", link: `${webUrl}/mine/open/${token}` },
    mine: { name, id: "@mia:smith.family", link: `${webUrl}/mine/open/${token}` },
    "child-rules": { lines, owner: "Anna or Ben", name, link: `${webUrl}/children` },
    "sign-in": { name: "Nameplate", link: `${webUrl}/sign-in/link/${token}` },
    saved: { name, step: "4", link: `${webUrl}/start/resume/${token}` },
    "saved-free": { name, step: "4", link: `${webUrl}/start/resume/${token}` },
    receipt: {
      ...{
        name,
        number: "2026-0412",
        sum,
        card,
        date,
        lines: `${homeLine}\n${nameLine}`,
        tax: "inclusive",
        link: watch,
      },
      ...{ consentDate: date, consentTime: time, withdrawDate: "8 December 2026", withdrawLink: `${webUrl}/withdraw` },
    },
    ready: { ...readyLink, body: `${readyBody}\n\n${translate("ready.cards", { count: 2 })}` },
    delayed: { name, link: watch },
    "delayed-free": { name, link: watch },
    "confirm-email": { name, mail: "anna@post.example", date, link: `${webUrl}/home` },
    "name-lost": { name, sum, date, link: watch },
    "name-lost-free": { name, date, link: watch },
    "report-kept": { number: 42, date, time },
    "report-answered": { ...decided, link: `${webUrl}/report/${token}` },
    "report-answered-again": decided,
    "page-off": { name, given: "Anna", id, page: "smith.family/anna", number: 42, reason: decided.reason },
    refunded: { name, sum, card },
    "refunded-warned": { name, sum, card },
    "refund-held": { name, sum, card },
    "refund-failed": { name, sum, card },
    "refund-disputed": { name, sum, card },
    "refunded-after-all": { name, sum, card },
    "payment-failed": { ...unpaid, why: refused },
    "payment-still": { ...unpaid, why: refused },
    "payment-last-call": unpaid,
    resting: unpaid,
    withdrawn: {
      ...{ name, date, time, closes: "27 November 2026", closesTime: time, link: bill },
      lines: [back, owed, translate("withdrawn.line.toPay", { sum: pounds(1505) })].join("\n"),
    },
    "withdraw-kept": { name, date, time, link: bill },
    "withdraw-over": { name, date, link: bill },
    "changed-add": { ...changed, given: "Cleo", id: "@cleo:smith.family", link: `${webUrl}/home/${name}` },
    "changed-erased": { ...changed, given: "Ben", id: "@ben:smith.family" },
    "changed-out": { ...changed, given: "Ben", id: "@ben:smith.family" },
    "changed-taken": { ...changed, ...outOfHome, link: `${webUrl}/home/${name}` },
    "changed-back": { ...changed, ...outOfHome, link: `${webUrl}/home/${name}` },
    "taken-out-erased": outOfHome,
    "taken-out": outOfHome,
    "brought-back": outOfHome,
    "changed-plan": { ...changed, label: "Your home on Matrix, for one person" },
    "changed-add-on": { ...changed, label: "Twice the room for photos", comes: "yes" },
    "changed-period": { ...changed, period: "year" },
    stopped: { name, date, rest, link: bill },
    "stopped-settled": { name, date, link: bill },
    closed: { name, date, rest, link: bill },
    "closed-settled": { name, date, link: bill },
    returned: {
      ...{ name, date, card, sum: pounds(450), lines: translate("returned.home", { sum: pounds(450) }), link: bill },
      ...{ tax: "inclusive", paid: "yes", paidUntil: "24 November 2027", nameYear: pounds(2100) },
      ...{ nextSum: pounds(450), nextDate: "24 December 2026", consentDate: date, consentTime: time },
      ...{ withdrawDate: "8 December 2026", withdrawLink: `${webUrl}/withdraw` },
    },
    "name-dearer": dearer,
    "name-dearer-asks": dearer,
    "name-dearer-no": dearer,
    "payer-asked": { name, given: "Ben", payer: "Anna", date: "1 December 2026", link: `${webUrl}/bill/${token}` },
    "payer-new": taken,
    "payer-before": taken,
    "leave-asked": {
      ...{ name, date, time, until: "25 November 2026", untilTime: time },
      link: `${webUrl}/leave/${token}`,
    },
    "leave-ready": { name, until: "9 December 2026", link: leave },
    "leave-ready-tag": { name: "smith.uk", tag: "GANDI", link: leave },
    "leave-stopped": { name, date, time, link: leave },
    "name-left": { name, date, link: leave },
    disputed,
    "dispute-asks": disputed,
    "dispute-won": disputed,
    "dispute-lost": disputed,
    "dispute-closed": disputed,
    "parent-asked": { name, given: "Ben", by: "Anna", date: "1 December 2026", link: `${webUrl}/parent/${token}` },
    "parent-joined": { name, given: "Ben", date, link: `${webUrl}/home/${name}/parents` },
    "parent-left": { name, given: "Ben", link: `${webUrl}/home/${name}/parents` },
    "consent-withdrawn": { name, given: "Mia", by: "Anna", link: `${webUrl}/home/${name}/rules/mia/consent` },
    "consent-given": { name, given: "Mia", by: "Anna", link: `${webUrl}/home/${name}/rules/mia/consent` },
    "ask-invited": { given: "Mia", other: "@lena:jones.family", date, time, name, link: `${webUrl}/home/${name}` },
    "ask-wanted": { given: "Mia", other: "@lena:jones.family", date, time, name, link: `${webUrl}/home/${name}` },
    grown: { ...growing, link: grown },
    "grown-own": growing,
    "turning-18": { ...growing, link: grown },
    "turning-18-own": growing,
    "now-18": { ...growing, link: `${webUrl}/home/${name}` },
    "now-18-own": growing,
    card: { name, id: "@ben:smith.family", given: "Ben", owner: "Anna", date, link: `${webUrl}/card/${token}` },
    "child-card": { name, given: "Mia", date, link: `${webUrl}/card/${token}` },
  };
}
