import { Hono } from "hono";
import { pageHeaders } from "@/sandbox/shared/page.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import type { Store } from "../state/store.ts";
import { unknownPage } from "./ended-pages.ts";
import { invoiceRoutes } from "./invoice-routes.ts";
import { overviewPage } from "./overview-page.ts";
import { type PageParts, paymentRoutes } from "./payment-routes.ts";
import { portalRoutes } from "./portal-routes.ts";
import { setupRoutes } from "./setup-routes.ts";

/** Everything a person sees in a browser. */
export function pages(store: Store, parts: PageParts): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.route("/", paymentRoutes(store, parts));
  app.get("/", (c) => {
    parts.catchUp();
    return c.html(overviewPage(store.state), 200, pageHeaders());
  });
  app.route("/", invoiceRoutes(store, parts));
  app.route("/", portalRoutes(store, parts));
  app.route("/", setupRoutes(store, parts));
  app.notFound((c) => c.html(unknownPage(), 404, pageHeaders()));
  return app;
}
