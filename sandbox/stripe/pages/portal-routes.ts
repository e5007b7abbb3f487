import { type Context, Hono } from "hono";
import { pageHeaders } from "@/sandbox/shared/page.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { type Changed, cardConfirmed, changeCard } from "../billing/change-card.ts";
import { cardOf } from "../billing/payment-methods.ts";
import { plainChange } from "../billing/plain-change.ts";
import { refusalWords } from "../billing/refusal-words.ts";
import { updateSubscription } from "../billing/update-subscription.ts";
import type { PortalSession } from "../objects/portal-session.ts";
import type { Subscription } from "../objects/subscription.ts";
import { hasEnded } from "../state/agenda.ts";
import { onItsOwn, type Store } from "../state/store.ts";
import type { Work } from "../state/work.ts";
import { cardPage } from "./card-page.ts";
import { confirmPage } from "./confirm-page.ts";
import { unknownPage } from "./ended-pages.ts";
import type { Filled } from "./fields.ts";
import { readPaymentForm } from "./payment-form.ts";
import { nothingTyped } from "./payment-page.ts";
import type { PageParts } from "./payment-routes.ts";
import { cancelPage, donePage, type Portal, portalOverPage, portalPage } from "./portal-page.ts";

/** A portal's address works for an hour (from memory). */
const lasts = 3600;

type Run = (session: PortalSession) => Response | Promise<Response>;

/** Runs only while the session may be used. */
const whileOpen = (store: Store, parts: PageParts) => (c: Context, run: Run) => {
  parts.catchUp();
  const session = store.state.find("billing_portal.session", c.req.param("id") ?? "");
  if (!session) return c.html(unknownPage(), 404, pageHeaders());
  const now = timeOf(store, session) ?? parts.now().getTime() / 1000;
  return session.created + lasts <= now ? c.html(portalOverPage(), 410, pageHeaders()) : run(session);
};

const doing = <T>(store: Store, session: PortalSession, work: (work: Work) => T): T =>
  store.run(onItsOwn, work, timeOf(store, session));

/** The billing portal: the payer changes the card, sees the bills, and tells a subscription to end or to stay. */
export function portalRoutes(store: Store, parts: PageParts): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const open = whileOpen(store, parts);
  app.route("/", cancelRoutes(store, parts));
  app.get("/p/session/:id", (c) => open(c, (session) => home(c, store, session)));
  app.get("/p/session/:id/card", (c) => open(c, (session) => askCard(c, session, { typed: nothingTyped, errors: {} })));
  app.post("/p/session/:id/card", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    return open(c, (session) => {
      const knownEmail = store.state.find("customer", session.customer)?.email ?? "";
      const read = readPaymentForm(form, { knownEmail, terms: false }, parts.now());
      if (!read.ok) return askCard(c, session, read, 422);
      const changed = doing(store, session, (work) => changeCard(work, session, read.typed, cardOf(work, read.card)));
      return cameOf(c, session, changed, read);
    });
  });
  app.get("/p/session/:id/confirm", (c) => open(c, (session) => askBank(c, store, session)));
  app.post("/p/session/:id/confirm", async (c) => {
    const yes = new URLSearchParams(await c.req.text()).get("answer") === "yes";
    return open(c, (session) => {
      const method = store.state.find("payment_method", store.state.aside(session.id).waitingCard ?? "");
      if (!method) return c.redirect(`/p/session/${session.id}/card`, 303);
      const changed = doing(store, session, (work) => cardConfirmed(work, session, method, yes));
      return cameOf(c, session, changed, { typed: nothingTyped });
    });
  });
  return app;
}

function cancelRoutes(store: Store, parts: PageParts): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const open = whileOpen(store, parts);
  const path = "/p/session/:id/cancel/:subscription";
  const on = (c: Context, run: (session: PortalSession, one: Subscription) => Response | Promise<Response>) =>
    open(c, (session) => {
      const one = ownSubscription(store, session, c.req.param("subscription") ?? "");
      return one ? run(session, one) : c.html(unknownPage(), 404, pageHeaders());
    });
  app.get(path, (c) => on(c, (session, one) => c.html(cancelPage(session, one), 200, headersFor(session))));
  app.post(path, (c) =>
    on(c, (session, one) => {
      const wanted = { cancel_at_period_end: !one.cancel_at_period_end };
      doing(store, session, (work) => updateSubscription(work, one, plainChange(work, one, wanted), {}, work.id("in")));
      return completed(c, session, wanted.cancel_at_period_end ? "It ends with its period." : "It renews as before.");
    }),
  );
  return app;
}

const timeOf = ({ state }: Store, { customer }: PortalSession): number | undefined => state.momentOf([customer]);

const ownSubscription = ({ state }: Store, { customer }: PortalSession, id: string) => {
  const one = state.find("subscription", id);
  return one?.customer === customer && !hasEnded(one) ? one : undefined;
};

function home(c: Context, store: Store, session: PortalSession) {
  const { flow } = session;
  if (flow?.type === "payment_method_update") return c.redirect(`/p/session/${session.id}/card`, 303);
  if (flow?.subscription_cancel)
    return c.redirect(`/p/session/${session.id}/cancel/${flow.subscription_cancel.subscription}`, 303);
  const portal = portalOf(store, session);
  return portal ? c.html(portalPage(portal), 200, headersFor(session)) : c.html(unknownPage(), 404, pageHeaders());
}

function portalOf({ state }: Store, session: PortalSession): Portal | undefined {
  const customer = state.find("customer", session.customer);
  if (!customer) return undefined;
  const subscriptions = state.all("subscription").filter((one) => one.customer === customer.id && !hasEnded(one));
  const paying = subscriptions[0]?.default_payment_method ?? customer.invoice_settings.default_payment_method;
  return {
    session,
    customer,
    invoices: state
      .all("invoice")
      .filter((one) => one.customer === customer.id)
      .toReversed(),
    subscriptions,
    card: state.find("payment_method", paying ?? ""),
  };
}

const askCard = (c: Context, session: PortalSession, filled: Filled, status: 200 | 402 | 422 = 200) =>
  c.html(
    cardPage({
      ...filled,
      title: "Change the card",
      lead: "From the next bill on, this card pays. Nothing is charged now.",
      button: "Use this card",
      action: `/p/session/${session.id}/card`,
      back: session.flow ? (session.return_url ?? `/p/session/${session.id}`) : `/p/session/${session.id}`,
    }),
    status,
    headersFor(session),
  );

function askBank(c: Context, store: Store, session: PortalSession) {
  const method = store.state.find("payment_method", store.state.aside(session.id).waitingCard ?? "");
  const back = `/p/session/${session.id}/card`;
  if (!method) return c.redirect(back, 303);
  const action = `/p/session/${session.id}/confirm`;
  return c.html(confirmPage({ what: "Keeping it for later", method, action, back }), 200, headersFor(session));
}

function cameOf(c: Context, session: PortalSession, changed: Changed, { typed }: Pick<Filled, "typed">) {
  if (changed.state === "bank-asks") return c.redirect(`/p/session/${session.id}/confirm`, 303);
  if (changed.state === "changed") return completed(c, session, "Your new card pays from now on.");
  const { field, message } = refusalWords[changed.refusal];
  return askCard(c, session, { typed, errors: { [field]: message } }, 402);
}

/** Where a flow says that it ends. */
function completed(c: Context, session: PortalSession, words: string) {
  const after = session.flow?.after_completion;
  if (after?.type === "redirect" && after.redirect) return c.redirect(after.redirect.return_url, 303);
  if (after?.type !== "hosted_confirmation") {
    if (!session.flow) return c.redirect(`/p/session/${session.id}`, 303);
    return c.html(donePage(words, session.return_url), 200, headersFor(session));
  }
  const said = after.hosted_confirmation?.custom_message ?? words;
  return c.html(donePage(said, session.return_url), 200, headersFor(session));
}

/** The form's answer may lead back to the shop, so browsers must let it. */
function headersFor({ flow, return_url: back }: PortalSession) {
  const targets = [flow?.after_completion.redirect?.return_url, back].flatMap((url) =>
    url ? [new URL(url).origin] : [],
  );
  return pageHeaders(...targets);
}
