import { isTakenBack } from "@/lib/billing/dispute.ts";
import { moneyOf } from "@/lib/billing/money.ts";
import { asksMoney } from "@/lib/billing/prices.ts";
import type { Mail, Refund } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";
import { homeOfAddress, isInApp } from "@/lib/mail/in-app.ts";
import { letterHtml } from "@/lib/mail/letter-html.ts";
import type { Letter } from "@/lib/mail/transport.ts";
import type { MailKind } from "@/lib/mail/want-mail.ts";
import { askLetter } from "./ask-letter.ts";
import { owedLetter, stoppedLetter } from "./bill-letter.ts";
import { cardLetter } from "./card-letter.ts";
import { changedLetter } from "./changed-letter.ts";
import { childsRulesLetter } from "./childs-rules-letter.ts";
import { consentLetter } from "./consent-letter.ts";
import { dearerLetter } from "./dearer-letter.ts";
import { disputeLetter } from "./dispute-letter.ts";
import { eraseLetter } from "./erase-letter.ts";
import { growingLetter } from "./growing-letter.ts";
import { leaveLetter } from "./leave-letter.ts";
import type { LetterTools } from "./letter-tools.ts";
import { mineLetter } from "./mine-letter.ts";
import { orderLetter } from "./order-letter.ts";
import { leftLetter, parentLetter } from "./parent-letter.ts";
import { payerLetter } from "./payer-letter.ts";
import { readyLetter } from "./ready-letter.ts";
import { pageOffLetter, reportLetter } from "./report-letter.ts";
import { returnedLetter } from "./returned-letter.ts";
import { takenOutLetter } from "./taken-out-letter.ts";
import { keptLetter, withdrawnLetter, withdrawOverLetter } from "./withdrawal-letter.ts";

/** What fills a mail's words in, and `as` where it has other words than its kind; undefined when the mail has lost its cause (a card was replaced, an order is gone). */
export type Filling = Readonly<Record<string, string | number>>;

/** Makes a letter from its row. Links are made here and nowhere kept: the row holds ids only. */
export async function compose(tools: LetterTools, mail: Mail): Promise<Letter | undefined> {
  const kind = mail.kind as MailKind;
  const values = mail.values as Record<string, string>;
  const filling = await fillingOf(tools, kind, values);
  if (!filling) return undefined;
  const { as = kind, ...words } = filling;
  if (isInApp(mail.to)) return inApp(tools, mail, String(as), words);
  return { id: letterId(mail), to: mail.to, ...letterWords(tools, String(as), words) };
}

/** The same words for somebody's own app; undefined as long as their home answers nobody. */
async function inApp(tools: LetterTools, mail: Mail, as: string, words: Filling): Promise<Letter | undefined> {
  const home = { name: homeOfAddress(mail.to) ?? "", want: "present", restsSince: null };
  if ((await tools.db.tenant.count({ where: home })) === 0) return undefined;
  const { subject, body } = wordsOf(tools, as, words);
  return { id: letterId(mail), to: mail.to, subject, text: `${subject}\n\n${body}` };
}

/** A letter's subject and its words, plain and as a page. */
export function letterWords(tools: LetterTools, as: string, words: Filling): Pick<Letter, "subject" | "text" | "html"> {
  const { say, subject, body } = wordsOf(tools, as, words);
  const [foot, { link, name }] = [say("foot"), words];
  const button = typeof link === "string" ? { link, words: say(`${as}.act`) } : undefined;
  const html = letterHtml({ subject, body, foot, plate: plateOf(name), button });
  return { subject, text: `${body}\n\n${foot}\n`, html };
}

function wordsOf(tools: LetterTools, as: string, { body: given, ...words }: Filling) {
  const say = (key: string): string => tools.translate(key, { ...words, help: tools.supportEmail });
  return { say, subject: say(`${as}.subject`), body: typeof given === "string" ? given : say(`${as}.body`) };
}

/** Whoever has not chosen a name yet reads ours. */
const plateOf = (name: string | number | undefined): string =>
  typeof name === "string" && name.includes(".") ? name : "Nameplate";

/** From its cause: a letter that is sent again by a database that was set back is known by mailboxes as the same one. */
const letterId = ({ cause }: Mail): string => hashSecret(cause).slice(0, 32);

async function fillingOf(
  tools: LetterTools,
  kind: MailKind,
  values: Record<string, string>,
): Promise<Filling | undefined> {
  switch (kind) {
    case "card":
    case "child-card":
      return cardLetter(tools, values["cardId"] ?? "");
    case "taken-out":
    case "brought-back":
      return takenOutLetter(tools, kind, values["personId"] ?? "");
    case "erase-asked":
      return eraseLetter(tools, values["personId"] ?? "");
    case "ask":
      return askLetter(tools, values["askId"] ?? "");
    case "mine":
    case "house-terms":
      return mineLetter(tools, values);
    case "child-rules":
      return childsRulesLetter(tools, values);
    case "grown":
    case "turning-18":
    case "now-18":
      return growingLetter(tools, kind, values);
    case "consent-withdrawn":
    case "consent-given":
      return consentLetter(tools, values);
    case "ready":
    case "confirm-email":
      return readyLetter(tools, kind, values["tenantId"] ?? "");
    case "receipt":
    case "delayed":
    case "name-lost":
      return orderLetter(tools, kind, values["orderId"] ?? "");
    case "refunded":
    case "refund-held":
    case "refunded-after-all":
      return refundLetter(tools, kind, values["refundId"] ?? "");
    case "payment-failed":
    case "payment-still":
    case "payment-last-call":
    case "resting":
      return owedLetter(tools, kind, values);
    case "disputed":
    case "dispute-over":
      return disputeLetter(tools, kind, values);
    case "name-dearer":
      return dearerLetter(tools, values);
    case "changed":
      return changedLetter(tools, values);
    case "payer-asked":
    case "payer-new":
    case "payer-before":
      return payerLetter(tools, kind, values["changeId"] ?? "");
    case "parent-asked":
    case "parent-joined":
      return parentLetter(tools, kind, values["parentId"] ?? "");
    case "parent-left":
      return leftLetter(tools, values);
    case "leave-asked":
    case "leave-ready":
    case "leave-stopped":
    case "name-left":
      return leaveLetter(tools, kind, values["leaveId"] ?? "");
    case "stopped":
    case "closed":
      return stoppedLetter(tools, values);
    case "returned":
      return returnedLetter(tools, values["checkoutId"] ?? "");
    case "withdrawn":
      return withdrawnLetter(tools, values["changeId"] ?? "");
    case "withdraw-kept":
      return keptLetter(tools, values["changeId"] ?? "");
    case "withdraw-over":
      return withdrawOverLetter(tools, values["orderId"] ?? "");
    case "report-kept":
    case "report-answered":
      return reportLetter(tools, kind, values);
    case "page-off":
      return pageOffLetter(tools, values);
    case "saved":
      return savedLetter(tools, values);
    default:
      throw new Error(`No letter is written for ${kind} here`);
  }
}

async function refundLetter(
  { db, money }: LetterTools,
  kind: MailKind,
  refundId: string,
): Promise<Filling | undefined> {
  const refund = await db.refund.findUnique({ where: { id: refundId }, include: { order: true } });
  if (!refund) return undefined;
  const { order, minor, currency, cause } = refund;
  const filling = {
    sum: money(moneyOf(minor, currency)),
    card: order?.cardLabel ?? "your card",
    name: order?.name ?? "",
  };
  if (kind === "refund-held") return { ...filling, as: await whyHeld(db, refund) };
  // Nobody asked for it, and the home goes on.
  return cause.startsWith("fraud-warning:") ? { ...filling, as: "refunded-warned" } : filling;
}

/** Their bank sent it back to us, or has taken it itself, or it never went. */
async function whyHeld(db: LetterTools["db"], { paymentIntentId, stripeRefundId }: Refund): Promise<string> {
  if (stripeRefundId) return "refund-failed";
  return (await isTakenBack(db, paymentIntentId)) ? "refund-disputed" : "refund-held";
}

/** The link to go on later; derived from its row, so that the row of the mail need not hold it. */
async function savedLetter(tools: LetterTools, values: Record<string, string>): Promise<Filling | undefined> {
  const link = await tools.db.link.findUnique({ where: { id: values["linkId"] ?? "" } });
  if (!link || link.usedAt) return undefined;
  const order = await tools.db.order.findUnique({ where: { id: link.subject } });
  if (!order) return undefined;
  return {
    ...(asksMoney() ? {} : { as: "saved-free" }),
    name: order.name ?? tools.translate("saved.noName", {}),
    step: values["step"] ?? "1",
    link: tools.savedLink(link.id),
  };
}
