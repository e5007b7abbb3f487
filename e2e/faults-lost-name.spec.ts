import { fillWizard, goToPayment, seeHome } from "./journey/buy-home.ts";
import { expectBoughtOnce, moneyOf, monthMinor, subjectsTo } from "./support/facts.ts";
import { buyerOf, pay, toPayment } from "./support/paying.ts";
import { homeState, mayHandlePrograms, whileHeld } from "./support/processes.ts";
import { forgetFaults, planFault, purchases, setName } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.afterEach(forgetFaults);

const lostHeading = (page: Page, name: string) =>
  page.getByRole("heading", { level: 2, name: `${name} was taken before we could register it` });
const never = { posts: 0, registered: 0 };

test("a name that was taken while they paid is replaced by another for the same money", async ({ page }) => {
  const lost = buyerOf("raced");
  await toPayment(page, lost);
  await setName(lost.name, "taken");
  await pay(page, lost);
  await expect(lostHeading(page, lost.name)).toBeVisible();
  await expect(page.getByText("You have paid £6.25, and nothing was spent.")).toBeVisible();
  const first = page.getByRole("group", { name: "Not taken, for the same money" }).getByRole("radio").first();
  const other = { ...lost, name: await first.inputValue() };
  await first.check();
  await page.getByRole("button", { name: "Choose this name" }).click();
  await seeHome(page, lost);
  await expect(page.getByText(`@anna:${other.name}`).first()).toBeVisible();
  expect(await moneyOf(lost)).toEqual({ charged: [monthMinor], refunded: [], running: 1 });
  expect(await purchases(lost.name)).toEqual(never);
  expect(await purchases(other.name)).toEqual({ posts: 1, registered: 1 });
  await expect
    .poll(async () => (await subjectsTo(lost)).sort())
    .toEqual([
      expect.stringMatching(/^Receipt /),
      `You are home: @anna:${other.name} is ready`,
      `${lost.name} was taken. Your money is safe`,
    ]);
});

test("a name that is taken in the very moment of buying it is lost, and not a failure", async ({ page }) => {
  const lost = buyerOf("moment");
  await toPayment(page, lost);
  await planFault("cloudflare", { call: "registrations.create", kind: "slow", ms: 2000 });
  await pay(page, lost);
  await expect.poll(async () => (await purchases(lost.name)).posts, { intervals: [20] }).toBe(1);
  await setName(lost.name, "taken");
  await expect(lostHeading(page, lost.name)).toBeVisible();
  expect(await purchases(lost.name)).toEqual({ posts: 1, registered: 0 });
});

test("the home that was begun for a lost name is taken down", async ({ page }) => {
  const lost = buyerOf("undone");
  await toPayment(page, lost);
  await setName(lost.name, "taken");
  await pay(page, lost);
  await expect(lostHeading(page, lost.name)).toBeVisible();
  await expect.poll(() => homeState(lost.name)).toMatch(/^(gone|unknown)$/);
});

test("after a name was lost every penny goes back when the buyer asks for it, and nothing is charged again", async ({
  page,
}) => {
  test.skip(!mayHandlePrograms, "holds the worker of a copy that scripts/test started");
  const lost = buyerOf("refunded");
  await toPayment(page, lost);
  // Paid first and lost then, before a worker can buy.
  await whileHeld(["worker"], async () => {
    await pay(page, lost);
    await expect(page.getByRole("heading", { level: 1, name: "We are waiting for your bank" })).toBeVisible();
    await setName(lost.name, "taken");
  });
  await expect(lostHeading(page, lost.name)).toBeVisible();
  await page.getByRole("button", { name: "Give me £6.25 back" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You got your money back" })).toBeVisible();
  await expect(page.getByRole("status")).toContainText("£6.25 went back to Visa ending 4242.");
  expect(await moneyOf(lost)).toEqual({ charged: [monthMinor], refunded: [monthMinor], running: 0 });
  expect(await purchases(lost.name)).toEqual(never);
  await expect.poll(() => subjectsTo(lost)).toContain("£6.25 is on its way back");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "You got your money back" })).toBeVisible();
  expect((await moneyOf(lost)).refunded).toEqual([monthMinor]);
});

test("of two who pay for one name in the same minute one has it, and the other has every penny back", async ({
  page,
  openBrowser,
}) => {
  const first = buyerOf("wanted");
  const second = { ...first, given: "Bea", part: "bea", email: `bea@${first.name.replaceAll(".", "-")}.post.example` };
  const other = await openBrowser();
  // Who only begins to look is not shown a name that somebody is paying for.
  await fillWizard(page, first);
  await fillWizard(other, second);
  await goToPayment(page);
  await goToPayment(other);
  await pay(page, first);
  await pay(other, second);
  await seeHome(page, first);
  await expect(lostHeading(other, first.name)).toBeVisible();
  await other.getByRole("button", { name: "Give me £6.25 back" }).click();
  await expect(other.getByRole("heading", { level: 1, name: "You got your money back" })).toBeVisible();
  expect(await moneyOf(second)).toEqual({ charged: [monthMinor], refunded: [monthMinor], running: 0 });
  await expectBoughtOnce(first);
});
