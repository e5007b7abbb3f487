import { afterAll, describe, expect, test } from "vitest";
import { billFor, type Terms, usualTerms } from "@/lib/billing/bill.ts";
import { minorOf } from "@/lib/billing/money.ts";
import { keptQuote } from "@/lib/billing/quote.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { fullBook } from "@/lib/testing/books.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { testLetters } from "./test-letters.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

const letter = testLetters(world);
const paidAt = new Date("2026-11-24T12:00:00Z");

/** Bought on these terms; a name of .me costs more from its second year on. */
async function bought(terms: Partial<Terms>) {
  const bill = billFor("me", 1, { ...usualTerms("GBP"), ...terms }, fullBook);
  if (!bill) throw new Error("Everything in the full book is sold");
  const { order } = await makeOrder(world, {
    ...{ state: "paid", paidAt, paidMinor: minorOf(bill.total), paidCurrency: bill.currency, receiptNumber: "2026-1" },
    quote: { ...smithQuote, ...keptQuote(bill) },
  } as object);
  const tenantId = await world.db.$transaction((tx) => askForTenant(tx, world, order));
  return {
    name: order.name,
    receipt: (await letter("receipt", { orderId: order.id }))?.text ?? "",
    ready: (await letter("ready", { tenantId }))?.text ?? "",
  };
}

describe("A letter speaks of a bill as it is", () => {
  test("by the month, with the name in twelve parts", async () => {
    const { name, receipt, ready } = await bought({});
    expect(receipt).toContain(
      `Your home, for one month: £4.50\nThe name ${name}, the first of twelve parts: £1.00\nTax is included.\n\nYou asked`,
    );
    expect(ready).toContain("Your bill: £5.50 a month, next on 24 December 2026.");
  });

  test("by the year, with all of the name, and what the next year costs", async () => {
    const { name, receipt, ready } = await bought({ period: "year" });
    expect(receipt).toContain(`Your home, for one year: £45.00\nThe name ${name}, for one year: £12.00\nTax is`);
    expect(ready).toContain("Your bill: £63.00 a year, next on 24 November 2027.");
    expect(`${receipt}${ready}`).not.toMatch(/month|twelve/);
  });

  test("in a currency without tax it says nothing of tax", async () => {
    const { receipt } = await bought({ currency: "JPY" });
    expect(receipt).toContain("twelve parts: JP¥");
    expect(receipt).not.toMatch(/tax/i);
  });

  test("with each add-on as a line of its own", async () => {
    const { receipt } = await bought({ addOns: ["room"] });
    expect(receipt).toMatch(/\nThe name .*: £1\.00\nroom: £1\.00\nTax is included\./);
  });
});
