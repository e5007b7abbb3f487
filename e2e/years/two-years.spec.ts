import { type Buyer, buyHome, typeCard } from "../journey/buy-home.ts";
import { signInByMail } from "../journey/sign-in.ts";
import { goTo, now, once } from "../support/clock.ts";
import { buyerOf } from "../support/paying.ts";
import { decide, dispute, mailsTo, subscriptionOf } from "../support/sandbox.ts";
import { expect, type Page, test } from "../support/test.ts";
import {
  customerOf,
  invoicesOf,
  subscriptionsOf,
  type VendorInvoice,
  type VendorLine,
} from "../support/vendor-books.ts";

test.setTimeout(900_000);

/** By the price book, in pence: a home for many and for one, and a twelfth of a .me name's first year and of each later one. */
const price = { family: 450, person: 250, nameFirst: 1200 / 12, nameLater: 1800 / 12 } as const;

const good = "4242 4242 4242 4242";
/** Attaches, and every later charge of it fails. */
const failsLater = "4000 0000 0000 0341";

const pounds = (pence: number): string => `£${(pence / 100).toFixed(2)}`;
const inDays = (days: number): Date => new Date(now().getTime() + days * 86_400_000);
const sumsOf = ({ lines }: VendorInvoice): readonly number[] => lines.data.map(({ amount }) => amount);

/** What one person does with one bill through two years. */
class Life {
  readonly page: Page;
  readonly buyer: Buyer;
  #customer = "";

  constructor(page: Page, buyer: Buyer) {
    this.page = page;
    this.buyer = buyer;
  }

  async begin(): Promise<void> {
    await buyHome(this.page, this.buyer);
    this.#customer = await customerOf(await subscriptionOf(this.buyer.email));
  }

  invoices = (): Promise<readonly VendorInvoice[]> => invoicesOf(this.#customer);

  /** The end of what is paid for. */
  async paidUntil(): Promise<Date> {
    const [subscription] = await subscriptionsOf(this.#customer);
    return new Date((subscription?.items.data[0]?.current_period_end ?? 0) * 1000);
  }

  /** Lives until the next bill was drawn and tried: the vendor keeps it open to changes for an hour. */
  async nextBill(): Promise<VendorInvoice> {
    const before = (await this.invoices()).length;
    goTo(new Date((await this.paidUntil()).getTime() + 2 * 3_600_000));
    return once("the next bill", async () => {
      const [newest, ...others] = await this.invoices();
      return newest && others.length >= before && newest.status !== "draft" ? newest : undefined;
    });
  }

  /** What stands in the bill for each month from now on, line by line. */
  async eachMonth(): Promise<readonly number[]> {
    const [subscription] = await subscriptionsOf(this.#customer);
    return subscription?.items.data.map((item) => item.price.unit_amount) ?? [];
  }

  async usualBills(count: number, sums: readonly number[]): Promise<void> {
    for (let nth = 0; nth < count; nth++) {
      const bill = await this.nextBill();
      expect(sumsOf(bill)).toEqual(sums);
      expect(bill).toMatchObject({ status: "paid", total: sums.reduce((all, sum) => all + sum, 0) });
    }
  }

  /** Opens a page of the home; whoever was let in more than a month ago is asked for their e-mail again. */
  async open(path = "/bill"): Promise<void> {
    await this.page.goto(`/home/${this.buyer.name}${path}`);
    if (!this.page.url().includes("/sign-in")) return;
    await signInByMail(this.page, this.buyer.email);
    await this.page.goto(`/home/${this.buyer.name}${path}`);
  }

  /** The bill's page shows it as soon as a worker has copied what the vendor has. */
  async sees(what: () => Promise<void>): Promise<void> {
    await expect(async () => {
      await this.open();
      await what();
    }).toPass({ timeout: 60_000 });
  }

  seesText = (text: string | RegExp): Promise<void> =>
    this.sees(() => expect(this.page.getByText(text).first()).toBeVisible({ timeout: 500 }));

  async giveCard(number: string): Promise<void> {
    await this.page.getByRole("button", { name: "Use another card" }).first().click();
    await typeCard(this.page, number, this.buyer);
    await this.page.getByRole("button", { name: "Use this card" }).click();
    await this.page.waitForURL(/\/home\/.*\/bill/);
  }

  letter = (subject: RegExp) =>
    once(`a letter like ${subject}`, async () =>
      (await mailsTo(this.buyer.email)).find((mail) => subject.test(mail.subject)),
    );
}

/**
 * A bill after a month that began with one price for the home and went on with another: what of the first comes back and what
 * of the second is asked for, each by the seconds that were left, beside the next month's usual lines.
 */
function expectSwitched(
  bill: VendorInvoice,
  began: VendorInvoice,
  { from, to, name }: Readonly<Record<"from" | "to" | "name", number>>,
): void {
  const month = began.lines.data[0]?.period ?? { start: 0, end: 0 };
  const left = bill.lines.data.filter(({ period }) => period.end === month.end);
  const share = ({ period }: VendorLine): number => (period.end - period.start) / (month.end - month.start);
  const [back, rest] = [left.find(({ amount }) => amount < 0), left.find(({ amount }) => amount > 0)];
  expect(back?.amount).toBe(back && -Math.round(from * share(back)));
  expect(rest?.amount).toBe(rest && Math.round(to * share(rest)));
  expect(left).toHaveLength(2);
  const usual = bill.lines.data.filter((line) => !left.includes(line)).map(({ amount }) => amount);
  expect(usual.toSorted((a, b) => b - a)).toEqual([to, name]);
  expect(bill.total).toBe((back?.amount ?? 0) + (rest?.amount ?? 0) + to + name);
  expect(bill.status).toBe("paid");
}

test("A family's bill is right to the penny for two years: another plan, a child, a card that fails, a name that costs more, a dispute, and the end", async ({
  page,
}) => {
  const buyer = { ...buyerOf("years"), name: `years-${Date.now().toString(36)}.me` };
  const life = new Life(page, buyer);
  await life.begin();
  const [first] = await life.invoices();
  expect(first && sumsOf(first)).toEqual([price.family, price.nameFirst]);

  await test.step("month 2: she takes the plan for one", async () => {
    await life.usualBills(1, [price.family, price.nameFirst]);
    goTo(inDays(9));
    await life.open("/bill/plan");
    await page.getByLabel("Just me").check({ force: true });
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("heading", { name: /^Your next bill, on/ })).toBeVisible({ timeout: 30_000 });
    const shown = (await page.locator(".lines__total dd").first().textContent())?.trim();
    await page.getByRole("button", { name: "Change to “Just me”" }).click();
    await life.seesText(pounds(price.person + price.nameFirst));
    const [began] = await life.invoices();
    const bill = await life.nextBill();
    if (began) expectSwitched(bill, began, { from: price.family, to: price.person, name: price.nameFirst });
    expect(pounds(bill.total)).toBe(shown);
  });

  await test.step("month 5: a child is added, and the home is a family's again", async () => {
    await life.usualBills(2, [price.person, price.nameFirst]);
    goTo(inDays(20));
    await life.open("");
    await page.getByRole("link", { name: "Add a person" }).click();
    await page.getByLabel("Given name").fill("Mia");
    await page.getByLabel("Their part of the address").fill("mia");
    await page.getByLabel("Child, under 18").check();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("So your home is “The family” from now on.")).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("heading", { name: /^Your next bill, on/ })).toBeVisible({ timeout: 30_000 });
    const shown = (await page.locator(".lines__total dd").first().textContent())?.trim();
    await page.getByRole("button", { name: "Add Mia" }).click();
    await life.seesText(pounds(price.family + price.nameFirst));
    await life.open("");
    await expect(page.getByText("2 people live here.")).toBeVisible();
    const [began] = await life.invoices();
    const bill = await life.nextBill();
    if (began) expectSwitched(bill, began, { from: price.person, to: price.family, name: price.nameFirst });
    expect(pounds(bill.total)).toBe(shown);
  });

  const usual = [price.family, price.nameFirst];
  const sum = pounds(price.family + price.nameFirst);
  await test.step("month 7: the card fails, and is mended", async () => {
    await life.open();
    await life.giveCard(failsLater);
    const unpaid = await life.nextBill();
    expect(unpaid).toMatchObject({ status: "open", total: price.family + price.nameFirst, amount_paid: 0 });
    const trouble = page.getByRole("heading", { name: `We could not take ${sum} from Visa ending 0341` });
    await life.sees(() => expect(trouble).toBeVisible({ timeout: 500 }));
    goTo(inDays(4));
    await life.letter(/^Still not paid/);
    await life.giveCard(good);
    await page.getByRole("link", { name: `Pay ${sum} now` }).click();
    await page.getByRole("link", { name: /^Pay/ }).click();
    await typeCard(page, good, buyer);
    await page.getByRole("button", { name: /^Pay/ }).click();
    await expect(page.getByText(/paid/i).first()).toBeVisible();
    await life.seesText("7 of 12 paid");
  });

  await test.step("month 13: the name's second year costs more, and was announced twice", async () => {
    await life.usualBills(4, usual);
    const told = async (times: number) =>
      once(`the letter of the dearer year, ${times} times`, async () => {
        const letters = (await mailsTo(buyer.email)).filter(({ subject }) => subject.includes("costs more from"));
        return letters.length === times ? letters : undefined;
      });
    // 45 days ahead lie in the eleventh month, 14 in the twelfth.
    goTo(inDays(20));
    await told(1);
    await life.usualBills(1, usual);
    await life.seesText("12 of 12 paid");
    goTo(inDays(20));
    await told(2);
    // What counts is fixed three days before, and written into the bill.
    goTo(new Date((await life.paidUntil()).getTime() - 2 * 86_400_000));
    await once(
      "the new price in the bill",
      async () => (await life.eachMonth()).includes(price.nameLater) || undefined,
    );
    const dearer = await life.nextBill();
    expect(sumsOf(dearer)).toEqual([price.family, price.nameLater]);
    await life.seesText("1 of 12 paid");
  });

  const later = [price.family, price.nameLater];
  await test.step("month 16: a bank asks for a payment back, and decides for the family's home", async () => {
    await life.usualBills(3, later);
    const id = await dispute(buyer.email);
    const told = page.getByRole("heading", { name: /^Your bank took £[\d.]+ back$/ });
    await life.sees(() => expect(told).toBeVisible({ timeout: 500 }));
    await decide(id, "won");
    await life.sees(() => expect(told).toHaveCount(0, { timeout: 500 }));
  });

  await test.step("month 22: she stops at the end of the month, and the rest of the name's year is on the last bill", async () => {
    await life.usualBills(6, later);
    await life.seesText("10 of 12 paid");
    await page.getByRole("link", { name: "Stop and leave" }).click();
    const rest = 1800 - 10 * price.nameLater;
    await expect(page.getByText(`Until then everything works. Your last bill is ${pounds(rest)}`)).toBeVisible();
    await page.getByRole("button", { name: /^Stop on/ }).click();
    await life.seesText(/^Your home closes on/);
    const before = (await life.invoices()).length;
    goTo(new Date((await life.paidUntil()).getTime() + 3_600_000));
    await life.seesText(/^This bill ended on/);
    await life.seesText("Last bill, the rest of the name’s year");
    goTo(inDays(1));
    const last = await once("the last bill's payment", async () =>
      (await life.invoices()).find(({ total, status }) => total === rest && status === "paid"),
    );
    expect(sumsOf(last)).toEqual([rest]);
    expect(await life.invoices()).toHaveLength(before + 1);
    await life.seesText("Your home rests");
  });

  await test.step("every sum on the page is the one on its invoice", async () => {
    await life.open();
    const rows = page.getByRole("region", { name: /^Table of payments/ }).getByRole("row");
    const bills = await life.invoices();
    await expect(rows).toHaveCount(bills.length + 1);
    for (const [nth, { total }] of bills.entries()) await expect(rows.nth(nth + 1)).toContainText(pounds(total));
  });
});
