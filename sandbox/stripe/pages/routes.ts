import { Hono } from "hono";
import { pageHeaders } from "@/sandbox/shared/page.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import type { Store } from "../state/store.ts";
import { unknownPage } from "./ended-pages.ts";
import { invoicePage } from "./invoice-page.ts";
import { invoicePdf } from "./invoice-pdf.ts";
import { overviewPage } from "./overview-page.ts";
import { type PageParts, paymentRoutes } from "./payment-routes.ts";
import { portalPage } from "./portal-page.ts";

/** Everything a person sees in a browser. */
export function pages(store: Store, parts: PageParts): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.route("/", paymentRoutes(store, parts));
  app.get("/", (c) => {
    parts.catchUp();
    return c.html(overviewPage(store.state), 200, pageHeaders());
  });
  app.get("/i/:id", (c) => {
    const invoice = store.state.find("invoice", c.req.param("id"));
    return invoice ? c.html(invoicePage(invoice), 200, pageHeaders()) : c.html(unknownPage(), 404, pageHeaders());
  });
  app.get("/i/:id/pdf", (c) => {
    const invoice = store.state.find("invoice", c.req.param("id"));
    if (!invoice) return c.html(unknownPage(), 404, pageHeaders());
    const name = `Invoice-${invoice.number}.pdf`;
    return c.body(invoicePdf(invoice), 200, {
      "Content-Type": "application/pdf",
      "Content-Disposition": `inline; filename="${name}"`,
    });
  });
  app.get("/p/session/:id", (c) => {
    const session = store.state.find("billing_portal.session", c.req.param("id"));
    const customer = store.state.find("customer", session?.customer ?? "");
    if (!session || !customer) return c.html(unknownPage(), 404, pageHeaders());
    const invoices = store.state.all("invoice").filter((one) => one.customer === customer.id);
    return c.html(portalPage(session, customer, invoices.toReversed()), 200, pageHeaders());
  });
  app.notFound((c) => c.html(unknownPage(), 404, pageHeaders()));
  return app;
}
