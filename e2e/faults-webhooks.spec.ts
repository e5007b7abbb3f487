import { cards, goToPayment, payWith, seeHome } from "./journey/buy-home.ts";
import { urls } from "./support/copy.ts";
import { expectBoughtOnce, moneyOf, monthMinor } from "./support/facts.ts";
import { buyerOf, pay, toPayment } from "./support/paying.ts";
import { type Delivery, deliveries, redeliver, webhooks } from "./support/sandbox.ts";
import { expect, test } from "./support/test.ts";

let before: readonly string[] = [];
test.beforeEach(async () => {
  before = (await deliveries()).map(({ event }) => event);
});
test.afterEach(() => webhooks("normal"));

/** What our endpoint asked to be told since the test began, newest first. */
const news = async (): Promise<readonly Delivery[]> =>
  (await deliveries()).filter(({ event, wanted }) => wanted && !before.includes(event));

test("with every webhook lost the home is made all the same when the buyer comes back", async ({ page }) => {
  const buyer = buyerOf("unheard");
  await webhooks("lost");
  await toPayment(page, buyer);
  await pay(page, buyer);
  await seeHome(page, buyer);
  await expectBoughtOnce(buyer);
  const unheard = await news();
  expect(unheard.map(({ type }) => type)).toContain("checkout.session.completed");
  expect(unheard.filter(({ lost, tries }) => !lost || tries.length > 0)).toEqual([]);
});

test("with every webhook lost and the browser closed the home is made all the same, and a mail says so", async ({
  page,
}) => {
  const buyer = buyerOf("gone");
  await webhooks("lost");
  await toPayment(page, buyer);
  // The bank takes the money, and its answer never leads the browser back to us.
  await page.route("**/c/pay/**", async (route) => {
    const answer = await route.fetch({ maxRedirects: 0 });
    expect(answer.headers()["location"]).toContain("/start/watch");
    await route.fulfill({ status: 200, contentType: "text/plain", body: "The tab was closed." });
  });
  const asked: string[] = [];
  page.on("request", (one) => void (one.url().startsWith(urls.web) && asked.push(one.url())));
  await payWith(page, cards.success, buyer);
  await expect.poll(async () => (await moneyOf(buyer)).charged).toEqual([monthMinor]);
  await page.goto("about:blank");
  // A worker asks the vendor by itself some seconds after the payment page was opened.
  await expect(() => expectBoughtOnce(buyer)).toPass({ timeout: 60_000 });
  expect(asked).toEqual([]);
  expect((await news()).filter((one) => !one.lost)).toEqual([]);
  await page.goto("/start/watch");
  await seeHome(page, buyer);
});

test("a webhook that comes twice, and again when everything is done, charges once and buys once", async ({ page }) => {
  const buyer = buyerOf("doubled");
  await webhooks("duplicate-reorder");
  await toPayment(page, buyer);
  await pay(page, buyer);
  await seeHome(page, buyer);
  const told = await news();
  expect(told.map(({ type }) => type)).toContain("checkout.session.completed");
  expect(told.filter(({ tries }) => tries.length !== 2)).toEqual([]);
  for (let again = 0; again < 3; again++) for (const { event } of told) await redeliver(event);
  for (const { tries } of await news()) expect(tries.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
  await page.reload();
  await seeHome(page, buyer);
  await expectBoughtOnce(buyer);
});

test("an old visit's end that is told after a new visit's payment takes nothing back", async ({ page }) => {
  const buyer = buyerOf("reordered");
  await toPayment(page, buyer);
  await page.getByRole("link", { name: "Back, without paying" }).click();
  await expect(page.getByText("You came back without paying.")).toBeVisible();
  // Whatever happens to the first visit is told only after everything about the second one.
  await webhooks("delay", 5000);
  await goToPayment(page);
  await webhooks("duplicate");
  await pay(page, buyer);
  await seeHome(page, buyer);
  const lastTold = async (type: string) => (await news()).find((one) => one.type === type)?.tries.at(-1)?.at ?? "";
  await expect.poll(() => lastTold("checkout.session.expired"), { timeout: 20_000 }).not.toBe("");
  expect((await lastTold("checkout.session.expired")) > (await lastTold("checkout.session.completed"))).toBe(true);
  // And all of it once more, the newest first.
  for (const { event } of await news()) await redeliver(event);
  await page.reload();
  await seeHome(page, buyer);
  await expectBoughtOnce(buyer);
});
