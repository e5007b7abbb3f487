import { type Context, Hono } from "hono";
import { pageHeaders } from "@/sandbox/shared/page.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { inWords } from "../billing/money.ts";
import { invoiceConfirmed, type Paid, payByPage, waitingIntent } from "../billing/pay-by-page.ts";
import { cardOf } from "../billing/payment-methods.ts";
import type { Invoice } from "../objects/invoice.ts";
import { onItsOwn, type Store } from "../state/store.ts";
import type { Work } from "../state/work.ts";
import { cardPage } from "./card-page.ts";
import { confirmPage } from "./confirm-page.ts";
import { unknownPage } from "./ended-pages.ts";
import type { Filled } from "./fields.ts";
import { invoicePage } from "./invoice-page.ts";
import { invoicePdf } from "./invoice-pdf.ts";
import { readPaymentForm } from "./payment-form.ts";
import { nothingTyped } from "./payment-page.ts";
import type { PageParts } from "./payment-routes.ts";

type Run = (invoice: Invoice) => Response | Promise<Response>;

const found = (store: Store, parts: PageParts) => (c: Context, run: Run) => {
  parts.catchUp();
  const invoice = store.state.find("invoice", c.req.param("id") ?? "");
  return invoice ? run(invoice) : c.html(unknownPage(), 404, pageHeaders());
};

/** An invoice's own pages: what it says, its PDF, and how to pay it while it is open. */
export function invoiceRoutes(store: Store, parts: PageParts): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const on = found(store, parts);
  app.get("/i/:id", (c) => on(c, (invoice) => c.html(invoicePage(invoice, canBePaid(invoice)), 200, pageHeaders())));
  app.get("/i/:id/pdf", (c) => on(c, (invoice) => pdf(c, invoice)));
  app.route("/", payRoutes(store, parts));
  return app;
}

function payRoutes(store: Store, parts: PageParts): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const on = found(store, parts);
  /** Runs only while there is something to pay. */
  const toPay = (c: Context, run: Run) =>
    on(c, (invoice) => (canBePaid(invoice) ? run(invoice) : c.redirect(`/i/${invoice.id}`, 303)));
  const doing = <T>({ id }: Invoice, work: (work: Work) => T) => store.run(onItsOwn, work, store.state.momentOf([id]));

  app.get("/i/:id/pay", (c) => toPay(c, (invoice) => askCard(c, invoice, { typed: nothingTyped, errors: {} })));
  app.post("/i/:id/pay", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    return toPay(c, (invoice) => {
      const read = readPaymentForm(form, { knownEmail: invoice.customer_email ?? "", terms: false }, parts.now());
      if (!read.ok) return askCard(c, invoice, read, 422);
      const paid = doing(invoice, (work) => payByPage(work, invoice, read.typed, cardOf(work, read.card)));
      return cameOf(c, invoice, paid, read);
    });
  });
  app.get("/i/:id/confirm", (c) => toPay(c, (invoice) => askBank(c, store, invoice)));
  app.post("/i/:id/confirm", async (c) => {
    const yes = new URLSearchParams(await c.req.text()).get("answer") === "yes";
    return toPay(c, (invoice) => {
      const intent = waitingIntent(store.state, invoice);
      if (!intent) return c.redirect(`/i/${invoice.id}/pay`, 303);
      const paid = doing(invoice, (work) => invoiceConfirmed(work, invoice, intent, yes));
      return cameOf(c, invoice, paid, { typed: nothingTyped });
    });
  });
  return app;
}

function askBank(c: Context, store: Store, invoice: Invoice) {
  const intent = waitingIntent(store.state, invoice);
  const method = store.state.find("payment_method", intent?.payment_method ?? "");
  const back = `/i/${invoice.id}/pay`;
  if (!method) return c.redirect(back, 303);
  const what = `A payment of ${inWords(invoice.amount_remaining, invoice.currency)}`;
  return c.html(confirmPage({ what, method, action: `/i/${invoice.id}/confirm`, back }), 200, pageHeaders());
}

const canBePaid = ({ status }: Invoice): boolean => status === "open" || status === "uncollectible";

function pdf(c: Context, invoice: Invoice) {
  return c.body(invoicePdf(invoice), 200, {
    "Content-Type": "application/pdf",
    "Content-Disposition": `inline; filename="Invoice-${invoice.number}.pdf"`,
  });
}

function cameOf(c: Context, invoice: Invoice, paid: Paid, { typed }: Pick<Filled, "typed">) {
  if (paid.state === "paid") return c.redirect(`/i/${invoice.id}`, 303);
  if (paid.state === "bank-asks") return c.redirect(`/i/${invoice.id}/confirm`, 303);
  return askCard(c, invoice, { typed, errors: { card: paid.words } }, 402);
}

const askCard = (c: Context, invoice: Invoice, filled: Filled, status: 200 | 402 | 422 = 200) => {
  const sum = inWords(invoice.amount_remaining, invoice.currency);
  return c.html(
    cardPage({
      ...filled,
      title: `Pay ${sum}`,
      lead: `For invoice ${invoice.number}. This card then pays what comes as well.`,
      button: `Pay ${sum}`,
      action: `/i/${invoice.id}/pay`,
      back: `/i/${invoice.id}`,
    }),
    status,
    pageHeaders(),
  );
};
