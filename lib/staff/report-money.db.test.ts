import { afterAll, describe, expect, test } from "vitest";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { knowCustomer } from "@/lib/billing/know-customer.ts";
import type { CustomerLedger, LedgerMovement } from "@/lib/billing/ledger.ts";
import { moneyOf } from "@/lib/billing/money.ts";
import { syncBilling } from "@/lib/billing/sync-billing.ts";
import { NameplateError } from "@/lib/errors.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { copyBill } from "./copy-bill.ts";
import { agrees, type CurrencyReport, reportMoney } from "./report-money.ts";
import { syncPayments } from "./sync-payments.ts";

const world = dbWorld();
const { db, ids } = world;
afterAll(() => db.$disconnect());

async function staff(differs: Partial<SignedIn> = {}): Promise<SignedIn> {
  const userId = ids.id("usr");
  await db.staffMember.create({ data: { userId, name: "Sam", role: "support", addedAt: world.clock.now() } });
  const who = { userId, sessionId: "s", email: "sam@post.example", emailVerified: true, since: world.clock.now() };
  return { ...who, factor: "passkey", ...differs };
}

/** Every test has a currency of its own: the report is of all that the database knows. */
const currencies = ["SEK", "NOK", "DKK", "PLN", "CZK"];
const ownCurrency = (): string => currencies.pop() ?? "";

const day = (text: string): Date => new Date(`${text}Z`);
const [lastOfMarch, firstOfApril] = [day("2027-03-31T23:59:59"), day("2027-04-01T00:00:00")];

/** A home for 4.50, paid on the last of March at 0.29 for the vendor; `differs` says what else happened. */
function ledgerOf(currency: string, differs: Partial<CustomerLedger> = {}): CustomerLedger {
  const [sum, none] = [(minor: number) => moneyOf(minor, currency), moneyOf(0, currency)];
  const line = { label: "", quantity: 1, proration: false, off: none, from: lastOfMarch, until: lastOfMarch };
  const invoiceId = ids.id("in");
  return {
    ...{
      email: null,
      balance: null,
      card: null,
      payer: null,
      subscriptions: [],
      creditNotes: [],
      disputes: [],
      warnings: [],
    },
    invoices: [
      {
        ...{ id: invoiceId, subscriptionId: null, number: "1", status: "paid", reason: "manual", tries: 1 },
        ...{
          total: sum(450),
          tax: sum(75),
          paid: sum(450),
          due: none,
          off: none,
          createdAt: lastOfMarch,
          paidAt: lastOfMarch,
        },
        ...{ nextTryAt: null, refusal: null, pageUrl: null, pdfUrl: null },
        lines: [
          { ...line, id: ids.id("il"), what: "home", sum: sum(400), tax: sum(67) },
          { ...line, id: ids.id("il"), what: { addOn: "room" }, sum: sum(50), tax: sum(8) },
        ],
      },
    ],
    movements: [moved(currency, { kind: "charge", invoiceId, sum: sum(450), fee: sum(29), at: lastOfMarch })],
    ...differs,
  };
}

function moved(
  currency: string,
  given: Pick<LedgerMovement, "kind" | "sum" | "at"> & Partial<LedgerMovement>,
): LedgerMovement {
  const fee = given.fee ?? moneyOf(0, currency);
  const net = moneyOf(Number(given.sum.minor as unknown) - Number(fee.minor as unknown), currency);
  const whose = { id: ids.id("txn"), sourceId: ids.id("src"), paymentIntentId: ids.id("pi"), invoiceId: null };
  return { ...whose, balance: given.sum, net, ...given, fee };
}

async function known(ledger: CustomerLedger, orderId: string | null = null): Promise<string> {
  const customerId = ids.id("cus");
  await knowCustomer(db, world, { customerId, orderId });
  await syncBilling({ ...world, ledger: { customer: async () => ledger, changedSince: async () => [] } }, customerId);
  return customerId;
}

async function reportOf(currency: string): Promise<CurrencyReport> {
  const found = (await reportMoney(world, await staff())).currencies.find((one) => one.currency === currency);
  if (!found) throw new Error(`Nothing in ${currency}`);
  return found;
}

/** Given back on the first of April, with its credit note. */
function refunded(currency: string): CustomerLedger {
  const ledger = ledgerOf(currency);
  const sum = moneyOf(450, currency);
  const invoiceId = ledger.invoices[0]?.id ?? "";
  const note = { id: ids.id("cn"), invoiceId, number: "1", status: "issued", createdAt: firstOfApril } as const;
  const refund = moved(currency, { kind: "refund", invoiceId, sum: moneyOf(-450, currency), at: firstOfApril });
  return {
    ...ledger,
    creditNotes: [{ ...note, sum, paid: sum, tax: moneyOf(75, currency) }],
    movements: [...ledger.movements, refund],
  };
}

describe("The report of money", () => {
  test("splits what was invoiced, and says what stays after the vendor's fee", async () => {
    const currency = ownCurrency();
    await known(ledgerOf(currency));
    const { months, differences } = await reportOf(currency);
    expect(months).toMatchObject([{ month: "2027-03" }]);
    const sums = months[0]?.sums;
    expect([sums?.home, sums?.["add-ons"], sums?.tax, sums?.paid, sums?.charge, sums?.fees, sums?.stays]).toEqual(
      [400, 50, 75, 450, 450, -29, 421].map((minor) => moneyOf(minor, currency)),
    );
    expect(agrees(differences)).toBe(true);
  });

  test("comes to zero over all where money was paid on a month's last second and given back in the next month", async () => {
    const currency = ownCurrency();
    await known(refunded(currency));
    const { months, all, differences } = await reportOf(currency);
    expect(months.map(({ month, sums: { stays } }) => [month, stays])).toEqual([
      ["2027-04", moneyOf(-450, currency)],
      ["2027-03", moneyOf(421, currency)],
    ]);
    expect(all.stays).toEqual(moneyOf(-29, currency));
    expect(agrees(differences)).toBe(true);
  });

  test("names the family whose refund has no credit note, and leads to it", async () => {
    const currency = ownCurrency();
    const { order } = await makeOrder(world, { state: "paid" });
    const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
    const customerId = await known({ ...refunded(currency), creditNotes: [] }, order.id);
    const report = await reportMoney(world, await staff());
    expect(report.wrong.filter((one) => one.customerId === customerId)).toEqual([
      {
        ...{ customerId, orderId: order.id, tenantId, name: order.name },
        differences: { lines: moneyOf(0, currency), books: moneyOf(450, currency), account: moneyOf(0, currency) },
      },
    ]);
    expect((await reportOf(currency)).differences.books).toEqual(moneyOf(450, currency));
  });

  test("expects no credit note of a refund that our own row says is not over", async () => {
    const currency = ownCurrency();
    const ledger = { ...refunded(currency), creditNotes: [] };
    const payment = ledger.movements[0]?.paymentIntentId ?? "";
    const movements = ledger.movements.map((one) => ({ ...one, paymentIntentId: payment }));
    const { order } = await makeOrder(world, { state: "refunding" });
    await db.refund.create({
      data: {
        ...{ id: ids.id("ref"), orderId: order.id, cause: "name-lost", paymentIntentId: payment, minor: 450, currency },
        ...{ state: "asked", askedBy: "buyer", createdAt: firstOfApril },
      },
    });
    await known({ ...ledger, movements });
    const { all, differences } = await reportOf(currency);
    expect(all["under-way"]).toEqual(moneyOf(-450, currency));
    expect(agrees(differences)).toBe(true);
  });

  test("sees an entry of the vendor's that is not what was charged, and lines that do not come to their invoice", async () => {
    const currency = ownCurrency();
    const ledger = ledgerOf(currency);
    const [invoice, movement] = [ledger.invoices[0], ledger.movements[0]];
    if (!invoice || !movement) throw new Error("Nothing was paid");
    await known({
      ...ledger,
      invoices: [{ ...invoice, lines: invoice.lines.slice(0, 1) }],
      movements: [{ ...movement, net: moneyOf(420, currency) }],
    });
    const { differences } = await reportOf(currency);
    expect(differences).toEqual({
      lines: moneyOf(-50, currency),
      books: moneyOf(0, currency),
      account: moneyOf(1, currency),
    });
  });

  test("is for the staff alone, who have shown a passkey", async () => {
    await expect(reportMoney(world, undefined)).rejects.toMatchObject({ kind: "not-found" });
    await expect(reportMoney(world, await staff({ factor: "link" }))).rejects.toMatchObject({ kind: "not-signed-in" });
  });

  test("has what the registrar was paid, once a name, at the price that was asked for", async () => {
    const currency = "AUD";
    const wholesale = { currency, registration: "20.00", renewal: "21.50" };
    const { order } = await makeOrder(world, { state: "paid", quote: { ...smithQuote, wholesale } });
    const tenantId = await db.$transaction((tx) => askForTenant(tx, world, order));
    const summary = `Register ${order.name} for 1 year, auto-renew on, 17.80 ${currency}`;
    const attempt = { tenantId, step: "domain", want: "present", verb: "create", once: true, fence: 1n, summary };
    for (const [outcome, startedAt] of [
      ["refused", day("2027-01-30T12:00:00")],
      ["seen", day("2027-01-31T12:00:00")],
      ["seen", lastOfMarch],
    ] as const)
      await db.attempt.create({ data: { ...attempt, id: ids.id("att"), outcome, startedAt } });
    // Its third year was read before it was renewed for it; of the second nobody knows but what was quoted.
    const year = { orderId: order.id, year: 3, beginsAt: day("2029-03-31T12:00:00"), currency: "GBP" };
    const asked = { wholesale: { ...wholesale, renewal: "23.00" }, agreedMinor: 2100, beforeMinor: 2100 };
    await db.nameYear.create({ data: { ...year, ...asked, createdAt: lastOfMarch } });
    const facts = { registeredUntil: "2030-04-01T00:00:00.000Z", autoRenew: true };
    const state = { tenantId, step: "domain", want: "present", state: "settled", lookedAt: lastOfMarch };
    await db.stepState.create({ data: { ...state, changedAt: lastOfMarch, fence: 1n, facts } });
    const { names } = await reportMoney(world, await staff());
    expect(names.filter(({ sum }) => sum.currency === currency)).toEqual([
      { month: "2029-03", what: "renewal", source: "year", names: 1, sum: moneyOf(2300, currency) },
      { month: "2028-03", what: "renewal", source: "quote", names: 1, sum: moneyOf(2150, currency) },
      { month: "2027-03", what: "registration", source: "journal", names: 1, sum: moneyOf(1780, currency) },
    ]);
  });
});

describe("Copying a bill anew", () => {
  test("makes it due, rings for it, and stands in the family's history", async () => {
    const { order } = await makeOrder(world, { state: "paid" });
    const customerId = await known(ledgerOf("HUF"), order.id);
    await db.customer.update({ where: { id: customerId }, data: { nextSyncAt: day("2030-01-01T00:00:00") } });
    await copyBill(world, await staff(), { customerId, reason: "Case 881" });
    expect(world.rung).toContainEqual({ kind: "bill", customerId });
    expect((await db.customer.findUniqueOrThrow({ where: { id: customerId } })).nextSyncAt).toEqual(world.clock.now());
    expect(await db.audit.findMany({ where: { subject: order.id } })).toMatchObject([{ act: "copy-bill" }]);
  });

  test("is done for everybody who paid for an order when its payments are synced", async () => {
    const { order } = await makeOrder(world, { state: "paid" });
    const both = [await known(ledgerOf("HUF"), order.id), await known(ledgerOf("HUF"), order.id)];
    await syncPayments(world, await staff(), { orderId: order.id, reason: "Case 881" });
    for (const customerId of both) expect(world.rung).toContainEqual({ kind: "bill", customerId });
  });

  test("wants somebody of the staff, a reason, and a customer that is there", async () => {
    const customerId = await known(ledgerOf("HUF"));
    const asked = { customerId, reason: "Case 881" };
    await expect(copyBill(world, undefined, asked)).rejects.toThrow(NameplateError);
    await expect(copyBill(world, await staff(), { ...asked, reason: "" })).rejects.toMatchObject({ kind: "bad-input" });
    await expect(copyBill(world, await staff(), { ...asked, customerId: "cus_none" })).rejects.toMatchObject({
      kind: "not-found",
    });
    await db.customer.update({ where: { id: customerId }, data: { gone: true } });
    await expect(copyBill(world, await staff(), asked)).rejects.toMatchObject({ kind: "changed-meanwhile" });
  });
});
