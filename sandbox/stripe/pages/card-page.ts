import { html } from "hono/html";
import { type Html, page } from "@/sandbox/shared/page.ts";
import { cardFields, type Filled, testCardHints, whatIsWrong } from "./fields.ts";
import { paymentStyle, standsIn } from "./page-style.ts";

interface CardView extends Filled {
  readonly title: string;
  /** One sentence of what the card is for. */
  readonly lead: string;
  readonly button: string;
  readonly action: string;
  readonly back: string;
}

/** Asks for a card: to keep another one, or to pay an open bill. */
export const cardPage = (view: CardView): Html =>
  page({
    title: `${view.title} (sandbox)`,
    pretend: standsIn,
    extraStyle: paymentStyle,
    body: html`<form class="form card" method="post" action="${view.action}" novalidate>
<h1>${view.title}</h1>
<p>${view.lead}</p>
${whatIsWrong(view.errors, "Not done yet.", "Nothing was charged.")}
${cardFields(view)}
<button class="button" type="submit">${view.button}</button>
<p><a href="${view.back}">Back</a></p>
${testCardHints}
</form>`,
  });
