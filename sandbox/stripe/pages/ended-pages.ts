import { html } from "hono/html";
import { type Html, page } from "@/sandbox/shared/page.ts";
import type { CheckoutSession } from "../objects/checkout-session.ts";
import { paymentStyle, standsIn } from "./page-style.ts";

const plain = (title: string, body: Html): Html =>
  page({
    title: `${title} (sandbox)`,
    pretend: standsIn,
    extraStyle: paymentStyle,
    body: html`<section class="card"><h1>${title}</h1>${body}</section>`,
  });

export const ranOutPage = ({ cancel_url: back }: Pick<CheckoutSession, "cancel_url">): Html =>
  plain(
    "This payment page has run out",
    html`<p>It was open too long, or was closed by the shop. Nothing was charged.</p>${back ? html`<p><a href="${back}">Go back and start again</a></p>` : ""}`,
  );

export const paidPage = (session: CheckoutSession): Html =>
  plain(
    "This is paid already",
    html`<p>Nothing more will be charged here.</p><p><a href="${successUrl(session)}">Continue</a></p>`,
  );

export const unknownPage = (): Html =>
  plain(
    "There is no such page",
    html`<p>The address is not complete, or belongs to another sandbox. Nothing was charged.</p>`,
  );

/** Where the payer goes after paying, with the session's id filled in. */
export const successUrl = (session: Pick<CheckoutSession, "id" | "success_url">): string =>
  session.success_url.replaceAll("{CHECKOUT_SESSION_ID}", session.id);
