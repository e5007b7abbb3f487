import { buyHome, typeCard } from "../journey/buy-home.ts";
import { signInByMail } from "../journey/sign-in.ts";
import { goTo, now, once } from "../support/clock.ts";
import { buyerOf } from "../support/paying.ts";
import { mailsTo, subscriptionOf } from "../support/sandbox.ts";
import { expect, type Page, test } from "../support/test.ts";
import { customerOf, invoicesOf, subscriptionsOf, type VendorInvoice } from "../support/vendor-books.ts";

test.setTimeout(900_000);

const good = "4242 4242 4242 4242";
/** Attaches, and every later charge of it fails. */
const failsLater = "4000 0000 0000 0341";

/** What each month costs, in pence, by the price book: the family's home, and a twelfth of a .me name's year. */
const home = 450;
const namePart = { first: 1200 / 12, later: 1800 / 12 } as const;

const pence = (minor: number): string => `£${(minor / 100).toFixed(2)}`;
const daysOn = (days: number): Date => new Date(now().getTime() + days * 86_400_000);
/** A vendor's invoice stays a draft for an hour before it is charged. */
const chargedAfterMs = 2 * 3_600_000;

/** The family's books, as the payment vendor has them. */
class Books {
  readonly customer: string;
  constructor(customer: string) {
    this.customer = customer;
  }

  invoices = (): Promise<readonly VendorInvoice[]> => invoicesOf(this.customer);

  /** The end of what is paid for. */
  async paidUntil(): Promise<Date> {
    const [subscription] = await subscriptionsOf(this.customer);
    return new Date((subscription?.items.data[0]?.current_period_end ?? 0) * 1000);
  }

  /** Lives until the next bill was drawn and tried. */
  async nextMonth(): Promise<VendorInvoice> {
    const before = (await this.invoices()).length;
    goTo(new Date((await this.paidUntil()).getTime() + chargedAfterMs));
    return once("the next bill", async () => {
      const [newest, ...others] = await this.invoices();
      return newest && others.length >= before && newest.status !== "draft" ? newest : undefined;
    });
  }
}

/** The page says so by itself once a worker has copied what the payment vendor has. */
const reloadedUntil = (page: Page, seen: () => Promise<void>) =>
  expect(async () => {
    await page.reload();
    await seen();
  }).toPass({ timeout: 60_000 });

const linesOf = ({ lines }: VendorInvoice): readonly [string, number][] =>
  lines.data.map(({ description, amount }) => [description, amount]);

async function giveCard(page: Page, number: string): Promise<void> {
  await page.getByRole("button", { name: "Use another card" }).first().click();
  await typeCard(page, number, { given: "Anna" });
  await page.getByRole("button", { name: "Use this card" }).click();
  await page.waitForURL(/\/home\/.*\/bill/);
}

test("A family's bill is right to the penny through two years: a card that fails and is mended, a name that costs more, and the end", async ({
  page,
}) => {
  const buyer = { ...buyerOf("years"), name: `years-${Date.now().toString(36)}.me` };
  const openBill = async (): Promise<void> => {
    await page.goto(`/home/${buyer.name}/bill`);
    // Whoever was let in a month ago is asked for their e-mail again.
    if (!page.url().includes("/sign-in")) return;
    await signInByMail(page, buyer.email);
    await page.goto(`/home/${buyer.name}/bill`);
  };
  await buyHome(page, buyer);
  const books = new Books(await customerOf(await subscriptionOf(buyer.email)));
  const [first] = await books.invoices();
  expect(first && linesOf(first).map(([, sum]) => sum)).toEqual([home, namePart.first]);

  for (let month = 2; month <= 4; month++) {
    const bill = await books.nextMonth();
    expect(bill).toMatchObject({ status: "paid", total: home + namePart.first });
  }
  await openBill();
  await reloadedUntil(page, () => expect(page.getByText("4 of 12 paid")).toBeVisible({ timeout: 500 }));

  await giveCard(page, failsLater);
  const unpaid = await books.nextMonth();
  expect(unpaid).toMatchObject({ status: "open", total: home + namePart.first, amount_paid: 0 });
  await openBill();
  const sum = pence(home + namePart.first);
  const trouble = page.getByRole("heading", { name: `We could not take ${sum} from Visa ending 0341` });
  await reloadedUntil(page, () => expect(trouble).toBeVisible({ timeout: 500 }));
  goTo(daysOn(4));
  await once("the letter of the third day", async () =>
    (await mailsTo(buyer.email)).find(({ subject }) => subject.startsWith("Still not paid")),
  );
  await giveCard(page, good);
  await page.getByRole("link", { name: `Pay ${sum} now` }).click();
  await page.getByRole("link", { name: /^Pay/ }).click();
  await typeCard(page, good, buyer);
  await page.getByRole("button", { name: /^Pay/ }).click();
  await expect(page.getByText(/paid/i).first()).toBeVisible();
  await page.goto(`/home/${buyer.name}/bill`);
  await reloadedUntil(page, () => expect(page.getByText("5 of 12 paid")).toBeVisible({ timeout: 500 }));
});
