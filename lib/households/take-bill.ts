import { pageSeconds } from "@/lib/billing/find-given-cards.ts";
import { type PayerChange, payerChange } from "@/lib/billing/payer-change.ts";
import type { CheckoutDesk } from "@/lib/billing/ports.ts";
import { readBill } from "@/lib/billing/read-bill.ts";
import { secondsAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { World } from "@/lib/world.ts";
import { changeOf, lookAtOffer } from "./look-at-offer.ts";

export interface BillTaken {
  /** The secret of their link: it is the authorisation. */
  readonly token: string;
  /** The tick, and the words beside it as they were shown. */
  readonly agreed: boolean;
  readonly text: string;
  /** The network address it came from, where it is known. */
  readonly from: string | null;
  /** Which bill they saw. */
  readonly seen: string;
  /** What the card will pay, for the vendor's page. */
  readonly words: string;
  readonly backUrl: string;
}

const changed = (why: string) => new NameplateError("changed-meanwhile", why, { key: "payBill.errors.changed" });

/**
 * Whoever was asked says yes, and is led to the vendor's page for their card. The yes and the page are written down before the vendor is
 * asked; pressing again leads to the page that is open. Nothing is changed before a worker sees the card (lib/billing/find-given-cards.ts).
 */
export async function takeBill(
  tools: World & { readonly desk: CheckoutDesk },
  { token, agreed, text, from, seen, words, backUrl }: BillTaken,
): Promise<string> {
  const { db, desk } = tools;
  const sight = await lookAtOffer(tools, token);
  if (!sight) throw new NameplateError("not-found", "Nobody was sent this link");
  if (sight.state !== "works" || sight.seen !== seen) throw changed("Not what they saw");
  if (!agreed) throw new NameplateError("bad-input", "Not agreed", { key: "payBill.errors.agree" });
  const asked = await db.$transaction((tx) => writeDown(tx, tools, { token, text, from }));
  if (asked.page.url) return asked.page.url;
  const { page, ...whose } = asked;
  const urls = { successUrl: `${backUrl}?given=yes`, cancelUrl: backUrl };
  const until = new Date(page.until);
  const { sessionId, url } = await desk.openCard({ ...whose, ...urls, pageId: page.id, words, expiresAt: until });
  if (await keepUrl(tools, whose.changeId, { ...page, url })) return url;
  // It was taken back while the page was being opened: nobody gives a card for nothing.
  await desk.close(sessionId);
  throw changed("Taken back meanwhile");
}

/** Where the vendor's page will be, and that they agreed: before the vendor is asked. */
async function writeDown(
  tx: Tx,
  { clock, ids }: World,
  { token, text, from }: Pick<BillTaken, "token" | "text" | "from">,
) {
  const found = await changeOf(tx, token);
  await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${found?.orderId ?? ""} FOR UPDATE`;
  // As it is under the lock: the payer may have taken it back meanwhile.
  const change = await changeOf(tx, token);
  const { subscription } = await readBill(tx, change?.orderId ?? "");
  if (change?.state !== "asked" || !subscription) throw changed("Asked no more");
  const terms = payerChange.parse(change.terms);
  const now = clock.now();
  // One of which no answer came is asked for under another name: the vendor may keep its failure for that one.
  const page = openPage(terms, now) ?? { id: ids.id("crd"), until: secondsAfter(now, pageSeconds).toISOString() };
  const next: PayerChange = { ...terms, page, agreed: terms.agreed ?? { at: now.toISOString(), text, from } };
  // A worker looks for the card from now on.
  await tx.billChange.update({ where: { id: change.id }, data: { terms: next, nextTryAt: now } });
  return { page, changeId: change.id, orderId: change.orderId, customerId: subscription.customerId };
}

/** Says whether a card is still asked for. */
async function keepUrl({ db }: World, id: string, page: NonNullable<PayerChange["page"]>): Promise<boolean> {
  const row = await db.billChange.findUniqueOrThrow({ where: { id } });
  const terms: PayerChange = { ...payerChange.parse(row.terms), page };
  const kept = await db.billChange.updateMany({ where: { id, state: "asked" }, data: { terms } });
  return kept.count > 0 || (row.state === "wanted" && !payerChange.parse(row.terms).back);
}

/** The page that is open already, unless it is about to end. */
const openPage = ({ page }: PayerChange, now: Date) =>
  page?.url && new Date(page.until) > secondsAfter(now, lastSeconds) ? page : undefined;

/** Enough to find a card and type it. */
const lastSeconds = 600;
