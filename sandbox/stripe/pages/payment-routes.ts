import { type Context, Hono } from "hono";
import type { Html } from "@/sandbox/shared/page.ts";
import { pageHeaders } from "@/sandbox/shared/page.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { bankAnswered, checkoutOf, type Pressed, pay } from "../billing/checkout-payment.ts";
import { applyCode, laterTotal } from "../billing/checkout-totals.ts";
import { inWords } from "../billing/money.ts";
import { cardOf } from "../billing/payment-methods.ts";
import { refusalWords } from "../billing/refusal-words.ts";
import { type CheckoutSession, sells } from "../objects/checkout-session.ts";
import { onItsOwn, type Store } from "../state/store.ts";
import type { Work } from "../state/work.ts";
import { confirmPage } from "./confirm-page.ts";
import { paidPage, ranOutPage, successUrl, unknownPage } from "./ended-pages.ts";
import { type FieldErrors, readPaymentForm, type Submitted } from "./payment-form.ts";
import { nothingTyped, paymentPage } from "./payment-page.ts";

export interface PageParts {
  /** Does what the clock has brought due. */
  readonly catchUp: () => void;
  readonly now: () => Date;
}

/** The pages a payer sees. They work without scripts. */
export function paymentRoutes(store: Store, parts: PageParts): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const sessionOf: SessionOf = (c) => {
    parts.catchUp();
    const session = store.state.find("checkout.session", c.req.param("session") ?? "");
    return session && sells(session) ? session : undefined;
  };

  app.get("/c/pay/:session", (c) => {
    const session = sessionOf(c);
    if (session?.status !== "open") return ended(c, session);
    const attempt = store.state.aside(session.id).checkout?.attempt;
    const errors: FieldErrors = attempt?.refused ? { card: attempt.refused } : {};
    return show(c, store, session, {
      typed: attempt?.typed ?? nothingTyped,
      terms: attempt?.termsAccepted ?? false,
      errors,
    });
  });

  app.post("/c/pay/:session", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const session = sessionOf(c);
    if (session?.status === "complete") return c.redirect(successUrl(session), 303);
    if (session?.status !== "open") return ended(c, session);
    const knownEmail = store.state.find("customer", session.customer ?? "")?.email ?? session.customer_email;
    const terms = session.consent_collection?.terms_of_service === "required";
    const submitted = readPaymentForm(form, { knownEmail, terms }, parts.now());
    if (!submitted.ok) return show(c, store, session, submitted, 422);
    return after(c, store, session, submitted, press(store, session, submitted));
  });

  app.post("/c/pay/:session/code", async (c) => {
    const typed = new URLSearchParams(await c.req.text()).get("code") ?? "";
    const session = sessionOf(c);
    return session?.status === "open" ? typeCode(c, store, session, typed.trim()) : ended(c, session);
  });

  app.route("/", confirmRoutes(store, sessionOf));
  return app;
}

/** A code that is none changes nothing, and the page shows the sum as it was. */
function typeCode(c: Context, store: Store, session: CheckoutSession, typed: string) {
  if (session.allow_promotion_codes) store.run(onItsOwn, (work) => applyCode(work, session, typed));
  return c.redirect(`/c/pay/${session.id}`, 303);
}

type SessionOf = (c: Context) => CheckoutSession | undefined;

function confirmRoutes(store: Store, sessionOf: SessionOf): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.get("/c/pay/:session/confirm", (c) => {
    const session = sessionOf(c);
    if (session?.status !== "open") return ended(c, session);
    const method = store.state.find("payment_method", waitingCard(store, session) ?? "");
    if (!method) return c.redirect(`/c/pay/${session.id}`, 303);
    const what = `A payment of ${inWords(session.amount_total, session.currency)}`;
    const [back, action] = [`/c/pay/${session.id}`, `/c/pay/${session.id}/confirm`];
    return c.html(confirmPage({ what, method, action, back }), 200, headersFor(session));
  });

  app.post("/c/pay/:session/confirm", async (c) => {
    const yes = new URLSearchParams(await c.req.text()).get("answer") === "yes";
    const session = sessionOf(c);
    if (session?.status === "complete") return c.redirect(successUrl(session), 303);
    if (session?.status !== "open") return ended(c, session);
    const attempt = store.state.aside(session.id).checkout?.attempt;
    if (!attempt?.paymentMethod) return c.redirect(`/c/pay/${session.id}`, 303);
    const answered = (work: Work) => bankAnswered(work, session, attempt, yes);
    const pressed = store.run(onItsOwn, answered, timeOf(store, session));
    return c.redirect(pressed.state === "paid" ? successUrl(pressed.session) : `/c/pay/${session.id}`, 303);
  });
  return app;
}

const waitingCard = ({ state }: Store, session: CheckoutSession): string | null =>
  state.aside(session.id).checkout?.attempt?.paymentMethod ?? null;

/** A customer on a test clock pays by that clock's time. */
const timeOf = ({ state }: Store, session: CheckoutSession): number | undefined =>
  state.momentOf(session.customer === null ? [] : [session.customer]);

function press(
  store: Store,
  session: CheckoutSession,
  { typed, terms, card }: Extract<Submitted, { ok: true }>,
): Pressed {
  return store.run(onItsOwn, (work) => pay(work, session, typed, terms, cardOf(work, card)), timeOf(store, session));
}

function after(c: Context, store: Store, session: CheckoutSession, { typed, terms }: Submitted, pressed: Pressed) {
  if (pressed.state === "paid") return c.redirect(successUrl(pressed.session), 303);
  if (pressed.state === "bank-asks") return c.redirect(`/c/pay/${session.id}/confirm`, 303);
  const { field, message } = refusalWords[pressed.refusal];
  return show(c, store, session, { typed, terms, errors: { [field]: message } }, 402);
}

function show(
  c: Context,
  store: Store,
  session: CheckoutSession,
  seen: Pick<Extract<Submitted, { ok: false }>, "errors" | "terms" | "typed">,
  status: 200 | 402 | 422 = 200,
) {
  const lines = store.state.aside(session.id).checkout?.lines ?? [];
  const knownEmail = store.state.find("customer", session.customer ?? "")?.email ?? session.customer_email;
  const later = store.run(onItsOwn, (work) => laterTotal(work, session, checkoutOf(work, session)));
  return c.html(paymentPage({ session, lines, later, knownEmail, ...seen }), status, headersFor(session));
}

/** A session that is over, or never was. */
function ended(c: Context, session: CheckoutSession | undefined) {
  const [body, status]: [Html, 200 | 404 | 410] = !session
    ? [unknownPage(), 404]
    : session.status === "complete"
      ? [paidPage(session), 200]
      : [ranOutPage(session), 410];
  return c.html(body, status, pageHeaders());
}

/** The form's answer leads to the shop, so browsers must let it. */
const headersFor = (session: CheckoutSession) => ({
  ...pageHeaders(new URL(successUrl(session)).origin),
  "Referrer-Policy": "same-origin",
});
