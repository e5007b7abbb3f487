import { cards, fillWizard, goToPayment, payWith, seeHome } from "./journey/buy-home.ts";
import { expectBoughtOnce, moneyOf } from "./support/facts.ts";
import { buyerOf, pay, toPayment } from "./support/paying.ts";
import { killOutright, mayHandlePrograms, startAgain } from "./support/processes.ts";
import { type FaultKind, forgetFaults, ledger, planFault, purchases } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(180_000);
test.afterEach(forgetFaults);

const beingMade = (page: Page) => page.getByRole("heading", { level: 1, name: "Your home is being made" });
const home = (page: Page, given: string) => page.getByRole("heading", { level: 1, name: `You’re home, ${given}.` });
/** After a lost answer we look again twice, which takes its time. */
const inTheEnd = { timeout: 120_000 };

/** What becomes of the answer to a purchase, whether the registrar did it, and how often it may then be asked. */
const answers: readonly { kind: FaultKind; words: string; posts: number }[] = [
  { kind: "500-after", words: "bought, and answers that it failed", posts: 1 },
  { kind: "timeout-after", words: "bought, and never answers", posts: 1 },
  { kind: "timeout-before", words: "did not buy, and never answers", posts: 2 },
];
for (const { kind, words, posts } of answers) {
  test(`a registrar that ${words} is asked ${posts === 1 ? "once" : "twice"}, and the name is bought once`, async ({
    page,
  }) => {
    const buyer = buyerOf(kind);
    await toPayment(page, buyer);
    await planFault("cloudflare", { call: "registrations.create", kind });
    await pay(page, buyer);
    await expect(beingMade(page)).toBeVisible();
    await expect(home(page, buyer.given)).toBeVisible(inTheEnd);
    await expectBoughtOnce(buyer, posts);
  });
}

test("a worker killed while buying, from a registrar that never did it, leaves a doubt that is cleared up: asked twice, bought once", async ({
  page,
}) => {
  test.skip(!mayHandlePrograms, "kills the worker of a copy that scripts/test started");
  const buyer = buyerOf("killed-buying");
  await toPayment(page, buyer);
  await planFault("cloudflare", { call: "registrations.create", kind: "timeout-before", ms: 5000 });
  await pay(page, buyer);
  await expect.poll(async () => (await purchases(buyer.name)).posts, { intervals: [20] }).toBe(1);
  await killOutright("worker");
  await startAgain("worker");
  await expect(home(page, buyer.given)).toBeVisible(inTheEnd);
  await expectBoughtOnce(buyer, 2);
});

test("calls of both vendors fail at each stage after the payment, before and after their effect, and it still ends well", async ({
  page,
}) => {
  const buyer = buyerOf("unlucky");
  await toPayment(page, buyer);
  // Where the vendors' libraries ask again by themselves, all of their tries fail.
  for (const call of ["checkout.sessions.retrieve", "paymentIntents.retrieve"])
    await planFault("stripe", { call, kind: "500-before", times: 3 });
  for (const call of ["registrations.get", "zones.list"])
    await planFault("cloudflare", { call, kind: "500-before", times: 2 });
  await planFault("cloudflare", { call: "dns.records.create", kind: "500-after" });
  await pay(page, buyer);
  await expect(home(page, buyer.given)).toBeVisible(inTheEnd);
  await expectBoughtOnce(buyer);
});

test("while a vendor does not answer nobody is sent to pay, the page says which, and afterwards the button works", async ({
  page,
}) => {
  const buyer = buyerOf("away");
  await fillWizard(page, buyer);
  const press = async () => {
    await page.getByLabel(/Begin now/).check();
    await page.getByRole("button", { name: /^Subscribe and pay/ }).click();
  };
  await planFault("cloudflare", { call: "registrar.check", kind: "500-before", times: 2 });
  await press();
  await expect(page.getByRole("status")).toContainText(
    `The registry does not answer just now, so we cannot be sure of ${buyer.name}. Nothing was charged.`,
  );
  await planFault("stripe", { call: "checkout.sessions.create", kind: "500-before", times: 3 });
  await press();
  await expect(page.getByRole("status")).toContainText(
    "The payment page does not answer just now. Nothing was charged.",
  );
  expect(await moneyOf(buyer)).toEqual({ charged: [], refunded: [], running: 0 });
  await goToPayment(page);
  await payWith(page, cards.success, buyer);
  await seeHome(page, buyer);
  await expectBoughtOnce(buyer);
  const opened = (await ledger("stripe", "checkout.session.created")).filter((one) =>
    JSON.stringify(one).includes(`"${buyer.email}"`),
  );
  expect(opened).toHaveLength(1);
});
