import { readFileSync } from "node:fs";
import { join } from "node:path";
import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { confirm, freshFolder, keys, type Running, startStripe, submit, type typed } from "../test-kit.ts";

let stripe: Running;
let sdk: Stripe;

const sdkFor = (one: Running) => new Stripe(keys.full, { host: "127.0.0.1", port: one.port, protocol: "http" });
beforeEach(async () => {
  stripe = await startStripe({ recordFolder: freshFolder() });
  sdk = sdkFor(stripe);
});
afterEach(() => stripe.close());

const open = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  sdk.checkout.sessions.create({
    mode: "subscription",
    success_url: "http://shop.example/paid?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://shop.example/back?a=1&b=2",
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: "gbp",
          unit_amount: 450,
          recurring: { interval: "month" },
          product_data: { name: "Your home" },
        },
      },
      {
        quantity: 1,
        price_data: {
          currency: "gbp",
          unit_amount: 175,
          recurring: { interval: "month" },
          product_data: { name: "<b>smith</b>.family" },
        },
      },
    ],
    ...more,
  });
const pageOf = async (id: string) => (await fetch(stripe.at(`/c/pay/${id}`))).text();

describe("the payment page", () => {
  test("shows every line, the total, the rhythm and a button with the sum and words that cost money", async () => {
    const page = await pageOf((await open()).id);
    for (const words of [
      "stands in for Stripe",
      "£4.50",
      "£1.75",
      "Total today",
      "Then £6.25 every month",
      "Subscribe and pay £6.25",
    ]) {
      expect(page).toContain(words);
    }
    expect(page).toContain("&lt;b&gt;smith&lt;/b&gt;.family");
    expect(page).toContain('href="http://shop.example/back?a=1&amp;b=2"');
  });

  test("lets its form lead to the shop and to nobody else, and runs nothing", async () => {
    const answer = await fetch(stripe.at(`/c/pay/${(await open()).id}`));
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://shop.example");
    expect(await answer.text()).not.toContain("<script");
  });

  test("asks for the shop's terms where the shop wants that, and says that they were accepted", async () => {
    const { id } = await open({
      consent_collection: { terms_of_service: "required" },
      custom_text: {
        terms_of_service_acceptance: { message: "I agree to the shop's terms." },
        submit: { message: "No refunds for names." },
      },
    });
    expect(await pageOf(id)).toContain("No refunds for names.");
    const refused = await submit(stripe, id, "4242424242424242");
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("Tick the box to agree.");
    const body = new URLSearchParams({
      email: "a@b.example",
      card: "4242424242424242",
      expiry: "0439",
      cvc: "123",
      name: "A",
      country: "IE",
      postcode: "",
      terms: "yes",
    });
    expect((await fetch(stripe.at(`/c/pay/${id}`), { method: "POST", body, redirect: "manual" })).status).toBe(303);
    expect((await sdk.checkout.sessions.retrieve(id)).consent?.terms_of_service).toBe("accepted");
  });

  const wrong: [keyof typeof typed | "card", string, string][] = [
    ["email", "", "Enter your e-mail address."],
    ["email", "anna", "This is not an e-mail address."],
    ["card", "", "Enter the number of your card."],
    ["card", "4242 4242 4242 4241", "This is not a card number."],
    ["card", "💳💳💳💳", "This is not a card number."],
    ["expiry", "", "Enter the card&#39;s date."],
    ["expiry", "13 / 39", "Write the date as month and year"],
    ["expiry", "tomorrow", "Write the date as month and year"],
    ["expiry", "01 / 20", "This card&#39;s date is past."],
    ["cvc", "", "Enter the security code."],
    ["cvc", "12", "The security code has 3 digits."],
    ["name", "", "Enter the name on the card."],
    ["country", "XX", "Choose a country from the list."],
    ["postcode", "", "Enter your postcode."],
  ];
  test.each(wrong)("says beside the field %s what is wrong with %j", async (field, value, words) => {
    const { id } = await open();
    const refused = await submit(
      stripe,
      id,
      field === "card" ? value : "4242424242424242",
      field === "card" ? {} : { [field]: value },
    );
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toMatch(new RegExp(`id="${field}-error">${words.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&")}`));
    expect(page).toMatch(new RegExp(`id="${field}"[^>]*aria-invalid="true"[^>]*autofocus`));
    expect(page).toContain("One thing needs");
  });

  const odd = {
    "far too long": "x".repeat(5000),
    "another alphabet": "Анна Ωμέγα 安娜",
    emoji: "🦊🏡",
    markup: '"><script>alert(1)</script>',
    "control characters": "a\u0000\u0007\u001bb",
  };
  test.each(Object.entries(odd))(
    "takes %s in every field without failing, and gives it back as text",
    async (_, value) => {
      const { id } = await open();
      for (const field of ["email", "card", "expiry", "cvc", "name", "country", "postcode"]) {
        const answer = await submit(
          stripe,
          id,
          field === "card" ? value : "4000000000000002",
          field === "card" ? {} : { [field]: value },
        );
        expect([402, 422]).toContain(answer.status);
        expect(await answer.text()).not.toContain("<script>alert");
      }
      expect((await sdk.checkout.sessions.retrieve(id)).status).toBe("open");
    },
  );

  test("asks an American Express card for its four digits", async () => {
    expect(await (await submit(stripe, (await open()).id, "378282246310005")).text()).toContain(
      "The security code has 4 digits.",
    );
    expect((await submit(stripe, (await open()).id, "378282246310005", { cvc: "1234" })).status).toBe(303);
  });

  test("is a plain page once it was paid, was closed, or never was", async () => {
    const paid = await open();
    await submit(stripe, paid.id, "4242424242424242");
    expect(await pageOf(paid.id)).toContain(`http://shop.example/paid?session=${paid.id}`);
    const closed = await open();
    await sdk.checkout.sessions.expire(closed.id);
    expect(await pageOf(closed.id)).toContain("This payment page has run out");
    expect((await fetch(stripe.at("/c/pay/cs_test_none"))).status).toBe(404);
    expect((await fetch(stripe.at(`/c/pay/${closed.id}/confirm`))).status).toBe(410);
  });
});

test("a card's number and code are written nowhere", async () => {
  await submit(stripe, (await open()).id, "4000002760003184", { cvc: "987" });
  const ledger = readFileSync(join(stripe.settings.dataFolder, "stripe.jsonl"), "utf8");
  const record = readFileSync(join(String(stripe.settings.recordFolder), "stripe.jsonl"), "utf8");
  for (const text of [ledger, record]) {
    expect(text).not.toContain("4000002760003184");
    expect(text).not.toMatch(/"987"|cvc=/);
  }
});

test("a restart in the middle of a payment loses nothing", async () => {
  const { id } = await open();
  await submit(stripe, id, "4000002760003184");
  await stripe.close();
  stripe = await startStripe({ dataFolder: stripe.settings.dataFolder });
  sdk = sdkFor(stripe);
  expect((await confirm(stripe, id, "yes")).headers.get("location")).toContain("http://shop.example/paid");
  const before = await sdk.checkout.sessions.retrieve(id, { expand: ["invoice", "subscription"] });
  await stripe.close();
  stripe = await startStripe({ dataFolder: stripe.settings.dataFolder });
  sdk = sdkFor(stripe);
  expect((await sdk.checkout.sessions.retrieve(id, { expand: ["invoice", "subscription"] })).invoice).toEqual(
    before.invoice,
  );
  expect(await stripe.count("charge.succeeded")).toBe(1);
});

describe("the other pages", () => {
  test("show the invoice, also as a PDF, the portal with its way back, and all that the stand-in holds", async () => {
    const { id } = await open();
    await submit(stripe, id, "4242424242424242");
    const paid = await sdk.checkout.sessions.retrieve(id, { expand: ["invoice"] });
    const invoice = paid.invoice as Stripe.Invoice;
    const path = (url: string | null | undefined) => stripe.at(new URL(url ?? "").pathname);
    expect(await (await fetch(path(invoice.hosted_invoice_url))).text()).toContain("1 × Your home (at £4.50 / month)");
    const pdf = await fetch(path(invoice.invoice_pdf));
    expect(pdf.headers.get("content-type")).toBe("application/pdf");
    expect((await pdf.text()).startsWith("%PDF-1.4")).toBe(true);
    const portal = await sdk.billingPortal.sessions.create({
      customer: String(paid.customer),
      return_url: "http://shop.example/home",
    });
    const bills = await (await fetch(path(portal.url))).text();
    expect(bills).toContain(String(invoice.number));
    expect(bills).toContain("http://shop.example/home");
    const overview = await (await fetch(stripe.at("/"))).text();
    for (const words of [id, String(paid.subscription), String(invoice.number), "checkout.session.completed"])
      expect(overview).toContain(words);
    expect(await (await fetch(stripe.at("/_sandbox/health"))).json()).toMatchObject({ ok: true, name: "stripe" });
  });
});
