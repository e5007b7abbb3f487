import { html } from "hono/html";
import { type Html, page } from "@/sandbox/shared/page.ts";
import { inWords } from "../billing/money.ts";
import type { CheckoutSession } from "../objects/checkout-session.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import { paymentStyle, standsIn } from "./page-style.ts";

/** Where a bank asks its customer whether it is them: 3-D Secure. */
export const confirmPage = (session: CheckoutSession, method: PaymentMethod): Html =>
  page({
    title: "Your bank asks: is this you? (sandbox)",
    pretend: standsIn,
    extraStyle: paymentStyle,
    body: html`<section class="card">
<h1>Your bank asks: is this you?</h1>
<p>This stands in for your bank's own page (3-D Secure). A payment of <b>${inWords(session.amount_total, session.currency)}</b> with the card ending in <b>${method.card.last4}</b> waits for your yes.</p>
<form method="post" action="/c/pay/${session.id}/confirm">
<div class="row">
<button class="button" type="submit" name="answer" value="yes">Complete authentication</button>
<button class="button button--quiet" type="submit" name="answer" value="no">Fail authentication</button>
</div>
</form>
<p><a href="/c/pay/${session.id}">Back to the payment page</a></p>
</section>`,
  });
