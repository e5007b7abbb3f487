import { html } from "hono/html";
import { type Html, page } from "@/sandbox/shared/page.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import { paymentStyle, standsIn } from "./page-style.ts";

interface Question {
  /** What waits for the bank's yes, in words: a payment of a sum, or keeping the card. */
  readonly what: string;
  readonly method: PaymentMethod;
  /** Where the answer goes, and where the page was come from. */
  readonly action: string;
  readonly back: string;
}

/** Where a bank asks its customer whether it is them: 3-D Secure. */
export const confirmPage = ({ what, method, action, back }: Question): Html =>
  page({
    title: "Your bank asks: is this you? (sandbox)",
    pretend: standsIn,
    extraStyle: paymentStyle,
    body: html`<section class="card">
<h1>Your bank asks: is this you?</h1>
<p>This stands in for your bank's own page (3-D Secure). <b>${what}</b> with the card ending in <b>${method.card.last4}</b> waits for your yes.</p>
<form method="post" action="${action}">
<div class="row">
<button class="button" type="submit" name="answer" value="yes">Complete authentication</button>
<button class="button button--quiet" type="submit" name="answer" value="no">Fail authentication</button>
</div>
</form>
<p><a href="${back}">Back</a></p>
</section>`,
  });
