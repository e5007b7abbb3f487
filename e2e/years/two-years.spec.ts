import { forChildren, typeCard } from "../journey/buy-home.ts";
import { goTo, once } from "../support/clock.ts";
import { giveCode, proveAgain } from "../support/leaving.ts";
import { buyerOf } from "../support/paying.ts";
import { decide, dispute, ledger, mailsTo, transferAway } from "../support/sandbox.ts";
import { joinStaff } from "../support/staff.ts";
import { expect, test } from "../support/test.ts";
import { expectSwitched, inDays, Life, pounds, sumsOf } from "./life.ts";

test.setTimeout(900_000);

/** By the price book, in pence: a home for many and for one, and a twelfth of a .me name's first year and of each later one. */
const price = { family: 450, person: 250, nameFirst: 1200 / 12, nameLater: 1800 / 12 } as const;

const good = "4242 4242 4242 4242";
/** Attaches, and every later charge of it fails. */
const failsLater = "4000 0000 0000 0341";

test("A family's bill is right to the penny for two years: another plan, a child, a card that fails, a name that costs more, a dispute, the end, and the name that goes with it", async ({
  page,
  openBrowser,
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
    await page.getByLabel("Under 10").check();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("So your home is “The family” from now on.")).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("heading", { name: /^Your next bill, on/ })).toBeVisible({ timeout: 30_000 });
    const shown = (await page.locator(".lines__total dd").first().textContent())?.trim();
    await forChildren(page).check();
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

  await test.step("she takes the name with her, to another registrar", async () => {
    const { name, email } = buyer;
    await life.open("/leave");
    await page.getByRole("link", { name: "Ask to take it" }).click();
    await expect(page.getByRole("heading", { name: `Take ${name} to another company?` })).toBeVisible();
    // Whoever signed in months ago shows once more that it is them.
    if (await page.getByRole("button", { name: "Send me a link to sign in" }).isVisible()) {
      await proveAgain(page, email);
      await life.open("/leave/ask");
    }
    await page.getByRole("button", { name: "Ask to take it" }).click();
    await expect(page.getByRole("heading", { name: "You asked to take your name with you" })).toBeVisible();
    await life.letter(/^Somebody asked to take/);
    goTo(inDays(1.01));
    const desk = await openBrowser();
    await joinStaff(desk, "robin@nameplate.example", "Robin");
    await giveCode(desk, name, "Q7!kd-83_Zr+");
    await life.letter(/^You can take/);
    await life.open("/leave");
    await proveAgain(page, email);
    await page.getByRole("button", { name: "Show me the code" }).click();
    await expect(page.getByText("Q7!kd-83_Zr+")).toBeVisible();
    await transferAway(name, "asked");
    goTo(inDays(1));
    const asks = page.getByRole("heading", { name: "The new company asks for your name" });
    await life.sees(() => expect(asks).toBeVisible({ timeout: 500 }), "/leave");
    await transferAway(name, "done");
    goTo(inDays(4));
    const left = page.getByRole("heading", { name: "Your name is with another company" });
    await life.sees(() => expect(left).toBeVisible({ timeout: 500 }), "/leave");
    const bought = (await ledger("cloudflare", "registered")).filter((entry) => JSON.stringify(entry).includes(name));
    expect(bought).toHaveLength(1);
    await life.open();
    await expect(page.getByText(/^This bill ended on/)).toBeVisible();
  });
});
