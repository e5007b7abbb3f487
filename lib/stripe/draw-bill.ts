import type Stripe from "stripe";
import type { ExtraBill } from "@/lib/billing/ports.ts";
import { ask } from "./client.ts";
import { cardIdOf } from "./ledger-money.ts";
import { pricedLine } from "./priced-line.ts";

/**
 * Finds the invoice by our row's id, and does what is missing: a draft, its lines, its finalising, after which the vendor
 * charges it. Each part has a key of its own, so that one that was done and not answered is not done twice.
 */
export async function drawBill(stripe: Stripe, bill: ExtraBill, worksOutTax: boolean): Promise<string> {
  const { billId, customerId, lines } = bill;
  const invoices = await ask("invoices.list", () => stripe.invoices.list({ customer: customerId, limit: 100 }));
  const invoice =
    invoices.data.find(({ metadata }) => metadata?.["billId"] === billId) ?? (await draft(stripe, bill, worksOutTax));
  const id = invoice.id ?? "";
  if (invoice.status !== "draft") return id;
  if (invoice.lines.data.length === 0)
    await ask("invoices.addLines", () =>
      stripe.invoices.addLines(
        id,
        { lines: lines.map((line) => ({ quantity: 1, price_data: pricedLine(line, bill.tax) })) },
        { idempotencyKey: `bill-${billId}-lines` },
      ),
    );
  await ask("invoices.finalizeInvoice", () => stripe.invoices.finalizeInvoice(id, { auto_advance: true }));
  return id;
}

async function draft(
  stripe: Stripe,
  { billId, customerId, subscriptionId, lines, tax }: ExtraBill,
  worksOutTax: boolean,
): Promise<Stripe.Invoice> {
  const subscription = await ask("subscriptions.retrieve", () => stripe.subscriptions.retrieve(subscriptionId));
  const card = cardIdOf(subscription);
  return ask("invoices.create", () =>
    stripe.invoices.create(
      {
        customer: customerId,
        currency: lines[0]?.sum.currency.toLowerCase() ?? "",
        auto_advance: false,
        ...(worksOutTax && tax === "inclusive" ? { automatic_tax: { enabled: true } } : {}),
        pending_invoice_items_behavior: "exclude",
        metadata: { billId, orderId: subscription.metadata["orderId"] ?? "" },
        ...(card ? { default_payment_method: card } : {}),
      },
      { idempotencyKey: `bill-${billId}` },
    ),
  );
}
