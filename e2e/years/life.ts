import { type Buyer, buyHome, typeCard } from "../journey/buy-home.ts";
import { signInByMail } from "../journey/sign-in.ts";
import { goTo, now, once } from "../support/clock.ts";
import { mailsTo, subscriptionOf } from "../support/sandbox.ts";
import { expect, type Page } from "../support/test.ts";
import {
  customerOf,
  invoicesOf,
  subscriptionsOf,
  type VendorInvoice,
  type VendorLine,
} from "../support/vendor-books.ts";

export const pounds = (pence: number): string => `£${(pence / 100).toFixed(2)}`;
export const inDays = (days: number): Date => new Date(now().getTime() + days * 86_400_000);
/** A bill's lines, in their order. */
export const sumsOf = ({ lines }: VendorInvoice): readonly number[] => lines.data.map(({ amount }) => amount);

/** What one person does with one bill through two years. */
export class Life {
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

  /** The bill's page, or another, shows it as soon as a worker has copied what the vendor has. */
  async sees(what: () => Promise<void>, path?: string): Promise<void> {
    await expect(async () => {
      await this.open(path);
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
export function expectSwitched(
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
