import { afterAll, describe, expect, test } from "vitest";
import { billFor, usualTerms } from "@/lib/billing/bill.ts";
import { keptQuote } from "@/lib/billing/quote.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { freeBook } from "@/lib/testing/books.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { testLetters } from "./test-letters.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

const letter = testLetters(world);

/** Taken as paid, where it cost something and where it did not. */
async function bought(free: boolean) {
  const bill = free ? billFor("family", 3, usualTerms("GBP", freeBook), freeBook) : undefined;
  const { order } = await makeOrder(world, {
    ...{ state: "paid", paidAt: world.clock.now(), paidMinor: free ? 0 : 625, paidCurrency: "GBP" },
    quote: { ...smithQuote, ...(bill && keptQuote(bill)) },
  } as object);
  return { order, tenantId: await world.db.$transaction((tx) => askForTenant(tx, world, order)) };
}

describe("Where nothing was to pay, no letter speaks of money", () => {
  test("when the home is ready", async () => {
    const [paid, free] = [await bought(false), await bought(true)];
    expect((await letter("ready", { tenantId: paid.tenantId }))?.text).toContain("Your bill: £6.25 a month");
    const text = (await letter("ready", { tenantId: free.tenantId }))?.text;
    expect(text).toContain("Your page for friends");
    expect(text).not.toMatch(/£|bill/);
  });

  test("when it takes longer than usual", async () => {
    const [paid, free] = [await bought(false), await bought(true)];
    const late = (of: typeof paid) => letter("delayed", { orderId: of.order.id });
    expect((await late(paid))?.text).toContain("nothing is charged twice");
    const words = await late(free);
    expect(words?.subject).toBe(`${free.order.name}: slower than usual`);
    expect(words?.text).not.toMatch(/£|charge|pay/);
  });

  test("when the name was taken", async () => {
    const [paid, free] = [await bought(false), await bought(true)];
    const lost = (of: typeof paid) => letter("name-lost", { orderId: of.order.id });
    expect((await lost(paid))?.text).toContain("have £6.25 back");
    const words = await lost(free);
    expect(words?.subject).toBe(`${free.order.name} was taken. Choose another name`);
    expect(words?.text).not.toMatch(/£|money/);
  });
});
