/** One customer: from the front page to the end of their order, screen by screen as the screens lead them. */
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Browser, Failed } from "./browser.ts";
import type { Mishap } from "./mishaps.ts";
import { deedOf, newName } from "./names.ts";
import type { Page } from "./page.ts";
import type { End, Shown, Story, Street } from "./story.ts";
import { waitForNews } from "./wait-for-news.ts";

const cards = { good: "4242424242424242", declined: "4000000000000002" } as const;

export class Customer {
  readonly #street: Street;
  readonly #mishap: Mishap;
  readonly #browser = new Browser();
  readonly #failures: string[] = [];
  readonly #shown: Shown[] = [];
  /** Mishaps happen once. */
  readonly #happened = new Set<string>();
  #name = newName();

  constructor(street: Street, mishap: Mishap) {
    this.#street = street;
    this.#mishap = mishap;
    this.#browser.address = new URL("/", street.web).href;
  }

  async run(): Promise<Story> {
    let end: End | undefined;
    let page: Page | undefined;
    while (!end && !this.#street.over.aborted) {
      try {
        const here: Page = page ?? (await this.#browser.open(this.#browser.address));
        const next: Page | End = await this.#turn(here);
        if (typeof next === "string") end = next;
        else page = next;
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        this.#failures.push(error.message);
        // A moment later they press reload.
        page = undefined;
        await aMoment(1000, 3000);
      }
    }
    const { address } = this.#browser;
    return {
      name: this.#name,
      mishap: this.#mishap,
      end: end ?? "stranded",
      failures: this.#failures,
      shown: this.#shown,
      at: `${new URL(address).pathname}${page ? ` "${page.heading}"` : " (failed)"}`,
    };
  }

  async #turn(page: Page): Promise<Page | End> {
    await aMoment(100, 500);
    const { pathname } = page.url;
    if (pathname.startsWith("/c/pay/")) return this.#pay(page);
    switch (pathname) {
      case "/":
        return this.#open(`/start/name?q=${this.#name}`);
      case "/start/name":
        return this.#chooseName(page);
      case "/start/look":
        return this.#fill(page, "confirm", { given: "Anna", part: "anna", confirm: this.#name });
      case "/start/people": {
        const form = page.formSaying(/Continue/);
        return form ? this.#browser.send(page, form) : this.#lookAgain(page);
      }
      case "/start/deed":
        return this.#fill(page, "fullName", deedOf(this.#name));
      case "/start/pay":
        this.#see("unpaid");
        return this.#goToPayment(page);
      case "/start/watch":
        return this.#watch(page);
      case "/start/home":
        this.#see("done", await this.#street.outside(this.#name));
        return "ready";
      default:
        throw new Error(`Led to ${page.url}, where no customer expects to be`);
    }
  }

  #open(path: string): Promise<Page> {
    return this.#browser.open(new URL(path, this.#street.web));
  }

  async #lookAgain(page: Page): Promise<Page> {
    await aMoment(1000, 2000);
    return this.#browser.open(page.url);
  }

  #fill(page: Page, input: string, written: Readonly<Record<string, string>>): Promise<Page> {
    const form = page.formWith(input);
    return form ? this.#browser.send(page, form, written) : this.#lookAgain(page);
  }

  async #chooseName(page: Page): Promise<Page> {
    const offers = page.formWith("name");
    if (offers?.inputs.get("name")?.includes(this.#name)) return this.#browser.send(page, offers, { name: this.#name });
    // It cannot be had, or nobody could say: perhaps another one.
    if (page.url.searchParams.get("q") === this.#name) {
      await aMoment(1000, 2000);
      this.#name = newName();
    }
    return this.#open(`/start/name?q=${this.#name}`);
  }

  async #goToPayment(page: Page): Promise<Page> {
    const press = (): Promise<Page> => this.#fill(page, "consent", { consent: "yes" });
    if (this.#mishap === "button pressed twice" && this.#once("button pressed twice")) {
      // A browser shows the answer to the second press.
      const [firstPress, secondPress] = await Promise.allSettled([press(), press()]);
      if (firstPress.status === "rejected") this.#note(firstPress.reason);
      if (secondPress.status === "rejected") throw secondPress.reason;
      return secondPress.value;
    }
    const first = await press();
    if (!first.url.pathname.startsWith("/c/pay/") || this.#mishap !== "two tabs" || !this.#once("two tabs"))
      return first;
    // In a second tab they press the button too, and pay there as well if they are let; both at the same moment.
    const second = async (): Promise<Page> => {
      const there = await this.#fill(await this.#open("/start/pay"), "consent", { consent: "yes" });
      return there.url.pathname.startsWith("/c/pay/") ? this.#pay(there) : there;
    };
    const tabs = await Promise.allSettled([this.#pay(first), second()]);
    for (const tab of tabs) if (tab.status === "rejected") this.#note(tab.reason);
    return this.#open("/start/watch");
  }

  async #pay(page: Page): Promise<Page> {
    const form = page.formWith("card");
    // Paid already, or this visit is over.
    if (!form) return this.#open("/start");
    await this.#beforePaying();
    const card = this.#mishap === "declined card" && this.#once("declined card") ? cards.declined : cards.good;
    const written = { card, expiry: "12 / 34", cvc: "123", name: "Anna Smith", country: "GB", postcode: "BA11 1AA" };
    const next = await this.#browser.send(page, form, written);
    if (this.#mishap === "closed tab" && next.url.pathname.startsWith("/start") && this.#once("closed tab"))
      await this.#wait(20_000, 40_000);
    return next;
  }

  async #beforePaying(): Promise<void> {
    const { registry } = this.#street;
    if (!this.#once("registry")) return;
    switch (this.#mishap) {
      case "name lost, another chosen":
      case "name lost, money back":
      case "name lost, left so":
        return registry.take(this.#name);
      case "registry asks by mail":
        return registry.plan(this.#name, { outcome: "action_required" });
      case "slow registry":
        return registry.plan(this.#name, { outcome: "pending", afterMs: randomInt(3000, 15_000) });
    }
  }

  async #watch(page: Page): Promise<Page | End> {
    if (/^You got your money back/.test(page.heading)) {
      this.#see("refunded");
      return "refunded";
    }
    const lost = page.formSaying(/^Give me .* back$/);
    if (lost) return this.#lost(page, lost);
    const pressed = page.formSaying(/^I have pressed the link$/);
    if (pressed) {
      if (this.#once("pressed the link")) await this.#street.registry.answerMail(this.#name);
      return this.#browser.send(page, pressed);
    }
    await waitForNews(this.#browser, this.#street.web);
    return this.#browser.open(page.url);
  }

  async #lost(page: Page, moneyBack: NonNullable<ReturnType<Page["formSaying"]>>): Promise<Page | End> {
    if (this.#mishap === "name lost, left so") return "lost";
    if (this.#mishap === "name lost, money back") return this.#browser.send(page, moneyBack);
    const others = page.formSaying(/^Choose this name$/);
    const offer = others?.inputs.get("name")?.[0];
    if (!others || offer === undefined) return this.#open(`/start/watch?q=${newName()}`);
    this.#name = offer;
    return this.#browser.send(page, others, { name: offer });
  }

  #once(what: string): boolean {
    const first = !this.#happened.has(what);
    this.#happened.add(what);
    return first;
  }

  #see(phase: Shown["phase"], key?: string): void {
    this.#shown.push({ name: this.#name, at: new Date().toISOString(), phase, key });
  }

  #note(reason: unknown): void {
    if (!(reason instanceof Failed)) throw reason;
    this.#failures.push(reason.message);
  }

  /** Ends early once nobody waits any longer. */
  async #wait(from: number, to: number): Promise<void> {
    await Promise.race([aMoment(from, to), new Promise((over) => this.#street.over.addEventListener("abort", over))]);
  }
}

const aMoment = (from: number, to: number): Promise<void> => sleep(randomInt(from, to));
