import { type Context, Hono } from "hono";
import { pageHeaders } from "@/sandbox/shared/page.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { cardOf } from "../billing/payment-methods.ts";
import { refusalWords } from "../billing/refusal-words.ts";
import { type Given, giveCard, givenCardConfirmed } from "../billing/setup-session.ts";
import { type SetupSession, sells } from "../objects/checkout-session.ts";
import { onItsOwn, type Store } from "../state/store.ts";
import type { Work } from "../state/work.ts";
import { cardPage } from "./card-page.ts";
import { confirmPage } from "./confirm-page.ts";
import { ranOutPage, successUrl, unknownPage } from "./ended-pages.ts";
import type { Filled } from "./fields.ts";
import { readPaymentForm } from "./payment-form.ts";
import { nothingTyped } from "./payment-page.ts";
import type { PageParts } from "./payment-routes.ts";

type Run = (session: SetupSession) => Response | Promise<Response>;

/** Runs only while a card may be given; one that was given leads on. */
const whileOpen = (store: Store, parts: PageParts) => (c: Context, run: Run) => {
  parts.catchUp();
  const session = store.state.find("checkout.session", c.req.param("session") ?? "");
  if (!session || sells(session)) return c.html(unknownPage(), 404, pageHeaders());
  if (session.status === "complete") return c.redirect(successUrl(session), 303);
  return session.status === "open" ? run(session) : c.html(ranOutPage(session), 410, pageHeaders());
};

/** The page of a session in `setup` mode: a card is kept, and nothing is paid. */
export function setupRoutes(store: Store, parts: PageParts): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const open = whileOpen(store, parts);
  app.get("/c/setup/:session", (c) => open(c, (session) => askCard(c, session, { typed: nothingTyped, errors: {} })));
  app.post("/c/setup/:session", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    return open(c, (session) => {
      // Whose card it is says the form: the customer may be somebody else.
      const read = readPaymentForm(form, { knownEmail: form.get("email") ?? "", terms: false }, parts.now());
      if (!read.ok) return askCard(c, session, read, 422);
      const given = doing(store, session, (work) => giveCard(work, session, read.typed, cardOf(work, read.card)));
      return cameOf(c, session, given, read);
    });
  });
  app.get("/c/setup/:session/confirm", (c) => open(c, (session) => askBank(c, store, session)));
  app.post("/c/setup/:session/confirm", async (c) => {
    const yes = new URLSearchParams(await c.req.text()).get("answer") === "yes";
    return open(c, (session) => {
      const method = waiting(store, session);
      if (!method) return c.redirect(`/c/setup/${session.id}`, 303);
      const given = doing(store, session, (work) => givenCardConfirmed(work, session, method, yes));
      return cameOf(c, session, given, { typed: nothingTyped });
    });
  });
  return app;
}

const doing = <T>(store: Store, { customer }: SetupSession, work: (work: Work) => T): T =>
  store.run(onItsOwn, work, store.state.momentOf([customer ?? ""]));

const waiting = ({ state }: Store, { id }: SetupSession) =>
  state.find("payment_method", state.aside(id).waitingCard ?? "");

const askCard = (c: Context, session: SetupSession, filled: Filled, status: 200 | 402 | 422 = 200) =>
  c.html(
    cardPage({
      ...filled,
      title: "Give a card",
      lead: session.custom_text.submit?.message ?? "The card is kept for later. Nothing is charged now.",
      button: "Save this card",
      action: `/c/setup/${session.id}`,
      back: session.cancel_url ?? `/c/setup/${session.id}`,
    }),
    status,
    headersFor(session),
  );

function askBank(c: Context, store: Store, session: SetupSession) {
  const [method, back] = [waiting(store, session), `/c/setup/${session.id}`];
  if (!method) return c.redirect(back, 303);
  const action = `/c/setup/${session.id}/confirm`;
  return c.html(confirmPage({ what: "Keeping it for later", method, action, back }), 200, headersFor(session));
}

function cameOf(c: Context, session: SetupSession, given: Given, { typed }: Pick<Filled, "typed">) {
  if (given.state === "bank-asks") return c.redirect(`/c/setup/${session.id}/confirm`, 303);
  if (given.state === "given") return c.redirect(successUrl(given.session), 303);
  const { field, message } = refusalWords[given.refusal];
  return askCard(c, session, { typed, errors: { [field]: message } }, 402);
}

/** The form's answer leads to the shop, so browsers must let it. */
const headersFor = (session: SetupSession) => ({
  ...pageHeaders(new URL(successUrl(session)).origin),
  "Referrer-Policy": "same-origin",
});
