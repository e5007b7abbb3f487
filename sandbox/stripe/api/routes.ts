import type { Route } from "../protocol/route.ts";
import { balanceTransactions } from "./balance-transactions.ts";
import { checkoutSessions } from "./checkout-sessions.ts";
import { coupons } from "./coupons.ts";
import { creditNotes } from "./credit-notes.ts";
import { customerBalance } from "./customer-balance.ts";
import { customers } from "./customers.ts";
import { disputes } from "./disputes.ts";
import { events } from "./events.ts";
import { invoiceDrafts } from "./invoice-drafts.ts";
import { invoiceItems } from "./invoice-items.ts";
import { invoicePreview } from "./invoice-preview.ts";
import { invoices } from "./invoices.ts";
import { newSubscriptions } from "./new-subscription.ts";
import { paymentMethods } from "./payment-methods.ts";
import { payments } from "./payments.ts";
import { portalSessions } from "./portal-sessions.ts";
import { products } from "./products.ts";
import { refunds } from "./refunds.ts";
import { subscriptions } from "./subscriptions.ts";
import { taxRates } from "./tax-rates.ts";
import { testClocks } from "./test-clocks.ts";

/** Every call the stand-in answers. The preview comes before `/invoices/:id`. */
export const routes: readonly Route[] = [
  ...balanceTransactions,
  ...checkoutSessions,
  ...coupons,
  ...creditNotes,
  ...customerBalance,
  ...customers,
  ...disputes,
  ...events,
  ...invoicePreview,
  ...invoiceDrafts,
  ...invoiceItems,
  ...invoices,
  ...newSubscriptions,
  ...paymentMethods,
  ...payments,
  ...portalSessions,
  ...products,
  ...refunds,
  ...subscriptions,
  ...taxRates,
  ...testClocks,
];
