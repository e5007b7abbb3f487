import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bill, billFor, linesOf, type Terms } from "@/lib/billing/bill.ts";
import { formatMoney, type Money, minorOf } from "@/lib/billing/money.ts";
import { stripeCashier } from "@/lib/stripe/cashier.ts";
import { stripeCheckoutDesk } from "@/lib/stripe/checkout-desk.ts";
import { openStripe } from "@/lib/stripe/client.ts";
import { fullBook } from "@/lib/testing/books.ts";
import { keys, type Running, startStripe, submit } from "@/sandbox/stripe/test-kit.ts";

let running: Running;
beforeAll(async () => {
  running = await startStripe();
});
afterAll(() => running.close());

const stripe = () => openStripe(keys.full, running.at(""));
/** As every screen of ours and every letter writes it. */
const shown = (sum: Money): string => formatMoney(sum, "en-GB");
/** What somebody with a pencil makes of it, in the smallest unit. */
const pencil = (words: string): number => Number(words.replace(/\D/g, ""));

interface Sold {
  readonly ending: string;
  readonly people: number;
  readonly terms: Terms;
  /** Whether the payment vendor works out the tax within. */
  readonly taxed: boolean;
}

const all: Sold[] = Object.keys(fullBook.currencies).flatMap((currency) =>
  Object.keys(fullBook.plans).flatMap((plan) =>
    (["month", "year"] as const).flatMap((period) =>
      // One that costs the same each year, and one that does not; within what the plan includes, and beyond.
      ["family", "me"].flatMap((ending) =>
        [1, 9].flatMap((people) =>
          [false, true].map((taxed) => ({
            ...{ ending, people, taxed },
            terms: { currency, plan, period, addOns: ["room", "bridge"] },
          })),
        ),
      ),
    ),
  ),
);

let visits = 0;
async function open(bill: Bill, taxed: boolean): Promise<string> {
  const { sessionId } = await stripeCheckoutDesk(openStripe(keys.web, running.at("")), taxed).open({
    checkoutId: `vis_${++visits}`,
    orderId: `ord_${visits}`,
    email: "anna@example.org",
    lines: linesOf(bill).map(({ what, sum }) => ({ what, label: typeof what === "string" ? what : what.addOn, sum })),
    period: bill.period,
    tax: bill.tax,
    successUrl: "http://shop.example/start/watch",
    cancelUrl: "http://shop.example/start/pay",
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  return sessionId;
}

describe("A price is all-in, and the same on every screen, on the payment page and on the invoice", () => {
  test.each(all)(
    "$terms.currency, $terms.plan, $terms.period, $ending, $people, taxed: $taxed",
    async ({ ending, people, terms, taxed }) => {
      const bill = billFor(ending, people, terms, fullBook);
      if (!bill) throw new Error("Everything in the full book is sold");
      const sums = linesOf(bill).map(({ sum }) => minorOf(sum));
      const words = linesOf(bill).map(({ sum }) => shown(sum));
      expect(words.map(pencil)).toEqual(sums);
      expect(words.map(pencil).reduce((a, b) => a + b)).toBe(pencil(shown(bill.total)));

      const sessionId = await open(bill, taxed);
      const page = await (await fetch(running.at(`/c/pay/${sessionId}`))).text();
      expect(page).toContain(shown(bill.total));
      const cashier = stripeCashier(stripe());
      expect((await cashier.look(sessionId))?.total).toEqual(bill.total);

      await submit(running, sessionId, "4242424242424242");
      const subscriptionId = (await cashier.look(sessionId))?.subscriptionId ?? "";
      expect((await cashier.payment(subscriptionId))?.paid).toEqual(bill.total);
      const { data: invoices } = await stripe().invoices.list({ subscription: subscriptionId });
      expect(invoices).toHaveLength(1);
      expect(invoices[0]).toMatchObject({ total: minorOf(bill.total), amount_paid: minorOf(bill.total) });
      expect(invoices[0]?.lines.data.map((line) => line.amount).toSorted()).toEqual(sums.toSorted());
      const tax = (invoices[0]?.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);
      expect(tax > 0).toBe(taxed && bill.tax === "inclusive");
      const { items } = await stripe().subscriptions.retrieve(subscriptionId);
      for (const { price } of items.data) {
        expect(price.currency).toBe(terms.currency.toLowerCase());
        expect(price.recurring?.interval).toBe(terms.period);
        expect(price.tax_behavior).toBe(bill.tax === "inclusive" ? "inclusive" : "unspecified");
      }
    },
  );
});
