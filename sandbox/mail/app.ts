import { Hono } from "hono";
import { controlRoutes } from "@/sandbox/shared/control.ts";
import type { Faults } from "@/sandbox/shared/faults.ts";
import type { Ledger } from "@/sandbox/shared/ledger.ts";
import { pageHeaders } from "@/sandbox/shared/page.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import type { Happening, Mailbox } from "./mailbox.ts";
import { mailboxPage, mailPage, noMailPage } from "./pages.ts";

/** The mailbox as people and tests look into it. */
export function mailApp(mailbox: Mailbox, ledger: Ledger<Happening>, faults: Faults): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.get("/", (c) => c.html(mailboxPage(mailbox, c.req.query("to")), 200, pageHeaders()));
  app.get("/mail/:id", (c) => {
    const mail = mailbox.find(c.req.param("id"));
    return mail ? c.html(mailPage(mail), 200, pageHeaders()) : c.html(noMailPage(), 404, pageHeaders());
  });
  app.route("/_sandbox", controlRoutes("mail", ledger, faults));
  app.get("/_sandbox/mails", (c) => c.json(mailbox.list(c.req.query("to"))));
  return app;
}
