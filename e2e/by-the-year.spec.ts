import type { Locator } from "@playwright/test";
import {
  addPeople,
  cards,
  chooseLook,
  chooseName,
  fillDeed,
  fillWizard,
  goToPayment,
  payWith,
  seeHome,
} from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { moneyOf } from "./support/facts.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo, planFault } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(180_000);

/** The last sum in a text, in the smallest unit. */
function lastSum(text: string | null): number {
  const sums = (text ?? "").match(/[£€$][\d,]+\.\d\d/g) ?? [];
  return Number(sums.at(-1)?.replace(/\D/g, ""));
}
const sumIn = async (place: Locator): Promise<number> => lastSum(await place.textContent());

/** What is true of a bill by the month alone. */
const monthly = /month|twelve parts/i;

const billOn = (page: Page) => page.getByRole("complementary", { name: "Your bill" });
const soFar = (page: Page) => page.getByRole("complementary", { name: "Your order so far" });
const seeScreen = (page: Page, heading: string) =>
  expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
const totalOf = (bill: Locator) => bill.locator(".lines__total dd").first();
const by = (page: Page, period: "month" | "year") => page.getByRole("radio", { name: `By the ${period}` });
/** The dot is drawn by its card: who presses the card presses it. */
const press = (choice: Locator) => choice.check({ force: true });

for (const { currency, label, minor } of [
  { currency: "pounds", label: "year-pounds", minor: 6600 },
  { currency: "euros", label: "year-euros", minor: 7740 },
])
  test(`a buyer chooses the year in ${currency}, and every sum is the same to the smallest unit, from the prices to the receipt`, async ({
    page,
  }) => {
    const buyer = buyerOf(label);
    await page.goto("/prices");
    if (currency === "euros") {
      await page.getByRole("button", { name: "Euro" }).click();
      // The page is made anew: what is pressed before would be on the one that goes.
      await expect(page.getByText("These prices are in Euro")).toBeVisible();
    }
    await press(by(page, "year"));
    await expect(page.getByRole("columnheader", { name: "A year in all" })).toBeVisible();
    const sums: Record<string, number> = { prices: await sumIn(page.getByRole("row").filter({ hasText: ".family" })) };
    sums["the choice on the prices page"] = await sumIn(page.locator(".choice").filter({ hasText: "By the year" }));

    await chooseName(page, buyer);
    await expect(soFar(page)).toContainText("Each year, tax included");
    await chooseLook(page, buyer);
    await addPeople(page, []);
    sums["beside the deed"] = await sumIn(totalOf(soFar(page)));
    await fillDeed(page, buyer);
    await expect(by(page, "year")).toBeChecked();
    await expect(billOn(page)).toContainText("Each year");
    await expect(billOn(page)).not.toContainText(monthly);
    await expect(page.getByRole("region", { name: "If you change your mind" })).not.toContainText(monthly);
    sums["the bill"] = await sumIn(totalOf(billOn(page)));
    sums["the button"] = await sumIn(page.getByRole("button", { name: /^Subscribe and pay/ }));

    await goToPayment(page);
    sums["the payment page"] = await sumIn(page.getByRole("button", { name: /^Subscribe and pay/ }));
    // Slow enough that what was paid can be read beside the list.
    await planFault("cloudflare", { call: "zones.list", kind: "slow", ms: 3000 });
    await payWith(page, cards.success, buyer);
    sums["the watch page"] = await sumIn(page.getByText(/^Paid: /));
    await seeHome(page, buyer);
    const mails = async () => mailsTo(buyer.email);
    await expect.poll(async () => (await mails()).length).toBe(2);
    const receipt = (await mails()).find((mail) => mail.subject.startsWith("Receipt"));
    sums["the receipt"] = lastSum(receipt?.subject ?? "");
    expect(receipt?.text).toContain("Your home, for one year");
    const lines = (receipt?.text ?? "").split("\n").filter((line) => /, for one year: /.test(line));
    sums["its lines"] = lines.map(lastSum).reduce((a, b) => a + b, 0);
    const ready = (await mails()).find((mail) => mail.subject.startsWith("You are home"));
    sums["the letter"] = lastSum(ready?.text ?? "");
    expect(ready?.text).toMatch(/Your bill: \S+ a year, next on/);

    await signInByMail(page, buyer.email);
    sums["the family's page"] = await sumIn(page.getByText(/^[£€][\d.,]+ on \d/));
    await page.goto(`/home/${buyer.name}/bill`);
    sums["the family's bill"] = await sumIn(page.locator(".lines__total dd").first());
    sums["the payment in it"] = await sumIn(page.getByRole("row").last());
    await expect(page.locator("main")).toContainText("First year, with the name");
    // One button offers to pay by the month; nothing that is said of the bill does.
    for (const what of ["What you pay for", "What changes next year", /^Table of payments/])
      await expect(page.getByRole("region", { name: what })).not.toContainText(monthly);
    expect(sums).toEqual(Object.fromEntries(Object.keys(sums).map((where) => [where, minor])));
    expect(await moneyOf(buyer)).toEqual({ charged: [minor], refunded: [], running: 1 });
  });

test("the period is changed where one pays, back and forth; what was answered stays, and the tick was for another bill", async ({
  page,
}) => {
  const buyer = buyerOf("year-there");
  await fillWizard(page, buyer, [{ given: "Ben", part: "ben", kind: "Adult" }]);
  await expect(page.locator(".choice").filter({ hasText: "By the year" })).toContainText(
    "£9.00 less than twelve months",
  );
  await page.getByLabel(/Begin now/).check();
  await press(by(page, "year"));
  await expect(page.getByRole("button", { name: "Subscribe and pay £66.00" })).toBeVisible();
  await expect(by(page, "year")).toBeFocused();
  await expect(page.getByLabel(/Begin now/)).not.toBeChecked();
  await expect(page.getByText(/^£66\.00 today, then £66\.00 on .+ of each year until you stop/)).toBeVisible();
  await expect(page.getByText(/you can stop at the end of any year/)).toBeVisible();
  await press(by(page, "month"));
  await expect(page.getByRole("button", { name: "Subscribe and pay £6.25" })).toBeVisible();
  await expect(page.getByText(`Ben, adult, @ben:${buyer.name}`)).toBeVisible();
});

test("somebody who lives alone says so, and a second person makes it the family's, in words and on the bill", async ({
  page,
}) => {
  const buyer = buyerOf("just-me");
  await chooseName(page, buyer);
  await chooseLook(page, buyer);
  await expect(page.getByRole("radio", { name: /^The family/ })).toBeChecked();
  await press(page.getByRole("radio", { name: /^Just me/ }));
  await expect(soFar(page)).toContainText("Your home, for one person");
  await expect(totalOf(soFar(page))).toHaveText("£4.25");
  await expect(page.getByRole("radio", { name: /^Just me/ })).toBeFocused();
  await page.getByRole("button", { name: "Continue" }).click();
  await fillDeed(page, buyer);
  await expect(page.getByRole("button", { name: "Subscribe and pay £4.25" })).toBeVisible();

  await page.getByRole("link", { name: "Change the size of your home" }).click();
  await expect(page.getByRole("radio", { name: /^Just me/ })).toBeChecked();
  await page.getByRole("button", { name: "Add another person" }).click();
  const words = "“Just me” has room for one person, and you are two now. So your home is “The family”";
  await expect(page.getByRole("status").filter({ hasText: words })).toBeVisible();
  await expect(page.getByRole("radio", { name: /^Just me/ })).toHaveCount(0);
  await expect(totalOf(soFar(page))).toHaveText("£6.25");
  await page.getByRole("button", { name: "Take out" }).click();
  await expect(totalOf(soFar(page))).toHaveText("£4.25");
  await page.getByRole("button", { name: "Continue" }).click();
  await seeScreen(page, "Whose name goes on the deed?");
  await page.getByRole("button", { name: "Continue" }).click();
  await goToPayment(page);
  await payWith(page, cards.success, buyer);
  await seeHome(page, buyer);
  expect(await moneyOf(buyer)).toEqual({ charged: [425], refunded: [], running: 1 });
});

test("without scripts the same is chosen by a button", async ({ page, openBrowser }) => {
  const buyer = buyerOf("year-plain");
  await fillWizard(page, buyer);
  const plain = await openBrowser({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  await plain.goto("/start/people");
  await press(plain.getByRole("radio", { name: /^Just me/ }));
  await plain.getByRole("button", { name: "Choose this home" }).click();
  await expect(totalOf(soFar(plain))).toHaveText("£4.25");
  await plain.getByRole("button", { name: "Continue" }).click();
  await seeScreen(plain, "Whose name goes on the deed?");
  await plain.getByRole("button", { name: "Continue" }).click();
  await press(by(plain, "year"));
  await plain.getByRole("button", { name: "Show me this bill" }).click();
  await expect(plain.getByRole("button", { name: "Subscribe and pay £46.00" })).toBeVisible();
  await plain.goto("/prices");
  await expect(by(plain, "year")).toBeChecked();
  await press(by(plain, "month"));
  await plain.getByRole("button", { name: "Show me this bill" }).click();
  await expect(plain.getByRole("columnheader", { name: "A month in all" })).toBeVisible();
  await page.goto("/start/pay");
  await expect(page.getByRole("button", { name: "Subscribe and pay £4.25" })).toBeVisible();
});

test("of two tabs the older one changes nothing, and shows the newer bill", async ({ page, context }) => {
  const buyer = buyerOf("year-tabs");
  await fillWizard(page, buyer);
  const older = await context.newPage();
  await older.goto("/start/pay");
  await press(by(page, "year"));
  await expect(page.getByRole("button", { name: "Subscribe and pay £66.00" })).toBeVisible();
  await older.getByRole("button", { name: "Euro" }).click();
  await expect(older.getByText("You changed this in another window.")).toBeVisible();
  await expect(older.getByRole("button", { name: "Subscribe and pay £66.00" })).toBeVisible();
  await expect(by(older, "year")).toBeChecked();
});
