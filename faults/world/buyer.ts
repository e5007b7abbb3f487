import { keptQuote } from "@/lib/billing/quote.ts";
import { daysAfter } from "@/lib/clock.ts";
import { cardToken } from "@/lib/households/card-secret.ts";
import { setFirstPassword } from "@/lib/households/set-first-password.ts";
import { hashSecret } from "@/lib/ids.ts";
import { chooseAnotherName } from "@/lib/orders/choose-another-name.ts";
import { correctDeed } from "@/lib/orders/correct-deed.ts";
import { describeOrder } from "@/lib/orders/describe-order.ts";
import { askForMoneyBack } from "@/lib/orders/give-up-order.ts";
import { quoteAgain } from "@/lib/orders/quote-again.ts";
import { startCheckout } from "@/lib/orders/start-checkout.ts";
import { smithDeed } from "@/lib/testing/make-order.ts";
import { canaries, type SimWorld, type Web } from "./world.ts";

const people = [{ key: "k1", given: "Mia", part: "mia", kind: "child", ageBand: "under-10" }];

/** A card that pays, as the payment vendor documents it for tests. */
const goodCard = "4242424242424242";

/** A page that showed an error is loaded again after a moment, as people do, twice at most. */
async function again<T>(world: SimWorld, load: () => Promise<T>, left = 2): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (left === 0) throw error;
    world.clock.pass(20);
    return again(world, load, left - 1);
  }
}

/** What a payer types on the vendor's page. A page whose visit was paid meanwhile says so. */
export async function fillPaymentPage(world: SimWorld, url: string, card = goodCard): Promise<void> {
  const form = {
    card,
    email: "anna@post.example",
    expiry: "04 / 39",
    cvc: "123",
    name: "Anna Smith",
    country: "GB",
    postcode: "BA11 1AA",
  };
  const answer = await world.vendors.stripe.fetch(
    new Request(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" }),
  );
  if (answer.status !== 303) throw new Error(`The payment page answered ${answer.status}`);
}

/** What a buyer's browser keeps when the tab is closed. */
export interface Browser {
  readonly key: string;
  readonly orderId: string;
  readonly name: string;
}

/** A family that fills the wizard in, pays, and comes back now and then. */
export class Buyer {
  readonly world: SimWorld;
  readonly key: string;
  readonly orderId: string;
  readonly name: string;
  #web: Web;

  private constructor(world: SimWorld, web: Web, { key, orderId, name }: Browser) {
    this.world = world;
    this.#web = web;
    this.key = key;
    this.orderId = orderId;
    this.name = name;
  }

  /** Opens the page again in the browser in which she began. */
  static comeBack(world: SimWorld, browser: Browser): Buyer {
    return new Buyer(world, world.web(), browser);
  }

  /** Every screen filled in, up to the button that costs money. */
  static fillIn(world: SimWorld, name: string, email = "anna@post.example"): Promise<Buyer> {
    return again(world, () => Buyer.#fillIn(world, world.web(), name, email));
  }

  static async #fillIn(world: SimWorld, web: Web, name: string, email: string): Promise<Buyer> {
    const { ids, clock } = world;
    const [key, id, now] = [ids.secret(), ids.id("ord"), clock.now()];
    const quote = await quoteAgain(web.names, name, 1 + people.length);
    await web.db.order.create({
      data: {
        id,
        state: "draft",
        keyHash: hashSecret(key),
        createdAt: now,
        updatedAt: now,
        expiresAt: daysAfter(now, 30),
        email,
        name,
        nameChecked: true,
        given: "Anna",
        part: "anna",
        people,
        deed: { ...smithDeed, email },
        quote: keptQuote(quote),
      },
    });
    const browser = { key, orderId: id, name };
    world.browsers.push(browser);
    return new Buyer(world, web, browser);
  }

  /** Presses the button; the address of the payment page, as the browser is sent there. */
  async pressPay(): Promise<string> {
    const order = await this.world.database.db.order.findUniqueOrThrow({ where: { id: this.orderId } });
    const { url } = await startCheckout(this.#web, {
      key: this.key,
      version: order.version,
      consent: true,
      consentText: "Begin now",
      childConsent: "I agree for Mia",
      labels: { home: "Your home on Matrix", name: `The name ${this.name}` },
      urls: { success: "https://nameplate.test/start/watch", cancel: "https://nameplate.test/start/pay" },
    });
    return url;
  }

  /** Fills the payment page in. Paying is the vendor's business: none of our processes takes part. */
  payAt(url: string, card = goodCard): Promise<void> {
    return fillPaymentPage(this.world, url, card);
  }

  /** Both, and again from the beginning whenever something goes wrong, as people do: at most five times. */
  async pay(card = goodCard): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.payAt(await this.pressPay(), card);
      } catch (error) {
        if (await this.isPaid()) return;
        if (tries === 5) throw error;
        this.world.clock.pass(20);
        this.#web = this.world.web();
      }
    }
  }

  /** The name was lost: everything back. */
  async askForMoney(): Promise<void> {
    await askForMoneyBack(this.world.web(), this.key);
  }

  async chooseAnother(name: string): Promise<void> {
    await chooseAnotherName(this.world.web(), this.key, name);
  }

  /** Uses the owner's card: a first password goes to the home, through a worker. */
  async moveIn(): Promise<void> {
    const { world } = this;
    const person = await world.database.db.person.findFirstOrThrow({
      where: { runsHome: true, tenant: { orderId: this.orderId } },
      include: { cards: { where: { usedAt: null }, orderBy: { id: "asc" } } },
    });
    const card = person.cards[0];
    // Somebody who was told that it went wrong tries again; that it went well may have been lost, too.
    if (!card) return;
    const token = cardToken(canaries.linkKey, card.id);
    await again(world, () => setFirstPassword(world.worker(), { token, password: "a long enough password" }));
  }

  /** The registry refused the deed: another address for its mail is typed in. */
  async correctDeed(email: string): Promise<void> {
    const { ending: _ending, extra: _extra, ...typed } = smithDeed;
    const form = await describeOrder(this.world.web(), this.key);
    await correctDeed(this.world.web(), this.key, { ...typed, email }, form?.deedForm?.seen ?? "");
  }

  async isPaid(): Promise<boolean> {
    // A connection that was cut is noticed by whoever uses it next: a page is then loaded once more.
    const load = () => this.world.database.db.order.findUnique({ where: { id: this.orderId } });
    const order = await load().catch(load);
    return order !== null && order.state !== "draft" && order.state !== "checkout";
  }
}
