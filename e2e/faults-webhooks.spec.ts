import { cards, goToPayment, payWith, seeHome } from "./journey/buy-home.ts";
import { expectBoughtOnce, moneyOf, monthMinor } from "./support/facts.ts";
import { buyerOf, pay, toPayment } from "./support/paying.ts";
import { deliveries, redeliver, webhooks } from "./support/sandbox.ts";
import { expect, test } from "./support/test.ts";

test.afterEach(() => webhooks("normal"));

test("with every webhook lost the home is made all the same when the buyer comes back", async ({ page }) => {
  const buyer = buyerOf("unheard");
  await webhooks("lost");
  await toPayment(page, buyer);
  await pay(page, buyer);
  await seeHome(page, buyer);
  await expectBoughtOnce(buyer);
  expect((await deliveries()).filter((one) => one.wanted && !one.lost && !one.delivered)).toEqual([]);
});

test("with every webhook lost and the browser closed the home is made all the same, and a mail says so", async ({
  page,
}) => {
  const buyer = buyerOf("gone");
  await webhooks("lost");
  await toPayment(page, buyer);
  // The bank takes the money, and the browser never comes back to us.
  await page.route("**/start/watch*", (route) => route.abort());
  await payWith(page, cards.success, buyer);
  await expect.poll(async () => (await moneyOf(buyer)).charged).toEqual([monthMinor]);
  await page.goto("about:blank");
  // A worker asks the vendor by itself some seconds after the payment page was opened.
  await expect(() => expectBoughtOnce(buyer)).toPass({ timeout: 60_000 });
  await page.unrouteAll();
  await page.goto("/start/watch");
  await seeHome(page, buyer);
});

test("webhooks that come twice, and all again in the wrong order, charge once and buy once", async ({ page }) => {
  const buyer = buyerOf("doubled");
  const before = (await deliveries()).map(({ event }) => event);
  await webhooks("duplicate-reorder");
  await toPayment(page, buyer);
  await pay(page, buyer);
  await seeHome(page, buyer);
  // Newest first, so backwards.
  const news = (await deliveries()).filter(({ event, wanted }) => wanted && !before.includes(event));
  expect(news.length).toBeGreaterThan(0);
  for (const { event } of [...news, ...news]) await redeliver(event);
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
  const late = async () => (await deliveries()).filter((one) => one.type === "checkout.session.expired");
  await expect.poll(async () => (await late())[0]?.delivered, { timeout: 20_000 }).toBe(true);
  await page.reload();
  await seeHome(page, buyer);
  await expectBoughtOnce(buyer);
});
