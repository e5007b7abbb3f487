import { billFor, type Terms } from "@/lib/billing/bill.ts";
import { prices } from "@/lib/billing/prices.ts";
import { keptQuote } from "@/lib/billing/quote.ts";
import type { Period, PriceBook } from "@/lib/billing/read-price-book.ts";
import { daysAfter } from "@/lib/clock.ts";
import { hashSecret } from "@/lib/ids.ts";
import { quoteAgain } from "@/lib/orders/quote-again.ts";
import { startCheckout } from "@/lib/orders/start-checkout.ts";
import { fullBook } from "@/lib/testing/books.ts";
import { smithDeed } from "@/lib/testing/make-order.ts";
import type { Dice } from "./dice.ts";
import { type MoneyStage, vendorOf } from "./stage.ts";

/** Our own book, and one with everything in it that a book may have. */
export const books = (): readonly PriceBook[] => [prices(), fullBook];

/** Enough for every plan's next step in price, few enough for a family. */
const mostPeople = 9;
const countries = ["GB", "DE", "US", "JP", "CH", "FI"];

/** A family with its order. */
export class Family {
  readonly orderId: string;
  readonly key: string;
  readonly name: string;
  readonly #stage: MoneyStage;

  private constructor(stage: MoneyStage, { orderId, key, name }: Pick<Family, "orderId" | "key" | "name">) {
    this.#stage = stage;
    this.orderId = orderId;
    this.key = key;
    this.name = name;
  }

  /** Every screen is filled in, with anything that the book sells. A name of one's own, or one that was given. */
  static async comes(stage: MoneyStage, wanted?: string): Promise<Family> {
    const { world, web, dice, book } = stage;
    const { clock, ids } = world;
    const [people, terms] = [dice.between(1, mostPeople), someTerms(dice, book)];
    const name = wanted ?? `${ids.id("n").slice(2, 14)}.${dice.pick(Object.keys(book.endings))}`;
    const fits = billFor(name.slice(name.indexOf(".") + 1), people, terms, book) ? people : 1;
    const quote = await quoteAgain(web.names, name, fits, terms, book);
    const [key, orderId, now] = [ids.secret(), ids.id("ord"), clock.now()];
    const others = Array.from({ length: fits - 1 }, (_, n) => ({
      key: `k${n}`,
      given: "Ben",
      part: `ben${n}`,
      kind: "child",
      ageBand: "10-12",
    }));
    await web.db.order.create({
      data: {
        ...{ id: orderId, state: "draft", keyHash: hashSecret(key), createdAt: now, updatedAt: now, name },
        ...{
          expiresAt: daysAfter(now, 30),
          email: "anna@post.example",
          nameChecked: true,
          given: "Anna",
          part: "anna",
        },
        ...{ people: others, deed: smithDeed, quote: keptQuote(quote) },
      },
    });
    stage.done.push(
      `${name} ${terms.plan} ${terms.period} ${terms.currency} ${fits} people, ${terms.addOns.length} add-ons`,
    );
    return new Family(stage, { orderId, key, name });
  }

  /** Presses the button that costs money: the address of the payment page. */
  async pressPay(): Promise<string> {
    const { world, web, book } = this.#stage;
    const order = await world.database.db.order.findUniqueOrThrow({ where: { id: this.orderId } });
    const input = {
      key: this.key,
      version: order.version,
      consent: true,
      consentText: "Begin now",
      childConsent: "I agree for the children",
      labels: { home: "Your home on Matrix", name: `The name ${this.name}` },
      urls: { success: "https://nameplate.test/start/watch", cancel: "https://nameplate.test/start/pay" },
    };
    return (await startCheckout(web, input, book)).url;
  }

  /** Types a card on one of the vendor's pages: what is paid there is left, anything else is a page again. */
  async payAt(url: string, card: string): Promise<boolean> {
    const { world, dice } = this.#stage;
    const form = {
      ...{ card, email: "anna@post.example", expiry: "04 / 39", cvc: "123", name: "Anna Smith" },
      ...{ country: dice.pick(countries), postcode: "BA11 1AA" },
    };
    const request = new Request(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
    return (await world.vendors.stripe.fetch(request)).status === 303;
  }

  order() {
    return this.#stage.world.database.db.order.findUniqueOrThrow({ where: { id: this.orderId } });
  }

  /** As the vendor has it, while it is not over: the newest, for they may have come back. */
  async subscription() {
    const { stripeCustomerId: customer } = await this.order();
    if (!customer) return undefined;
    const [one] = (await vendorOf(this.#stage).subscriptions.list({ customer })).data;
    return one && { customer, one };
  }
}

function someTerms(dice: Dice, book: PriceBook): Terms {
  const [currency, plan] = [dice.pick(Object.keys(book.currencies)), dice.pick(Object.keys(book.plans))];
  const period: Period = book.plans[plan]?.year && dice.happens(40) ? "year" : "month";
  const sold = Object.keys(book.addOns).filter((id) => book.addOns[id]?.[period]?.[currency]);
  return { currency, plan, period, addOns: sold.filter(() => dice.happens(40)) };
}
