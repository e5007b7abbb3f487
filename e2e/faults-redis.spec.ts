import { setTimeout as sleep } from "node:timers/promises";
import { emptyRedis as emptyRedisOf } from "../scripts/service/empty-redis.ts";
import { seeHome } from "./journey/buy-home.ts";
import { copy } from "./support/copy.ts";
import { expectBoughtOnce } from "./support/facts.ts";
import { buyerOf, pay, toPayment } from "./support/paying.ts";
import { mayHandlePrograms, whileHeld } from "./support/processes.ts";
import { faultMet, forgetFaults, planFault } from "./support/sandbox.ts";
import { expect, test } from "./support/test.ts";

test.skip(!mayHandlePrograms, "empties and holds the Redis of a copy that scripts/test started");
test.setTimeout(120_000);
test.afterEach(forgetFaults);

const emptyRedis = () => emptyRedisOf(copy.layout);

test("Redis emptied in the middle of the work costs nothing: bought once, and it ends well", async ({ page }) => {
  const buyer = buyerOf("emptied");
  await toPayment(page, buyer);
  await planFault("cloudflare", { call: "zones.list", kind: "slow", ms: 3000 });
  await pay(page, buyer);
  await expect.poll(() => faultMet("cloudflare", "zones.list"), { intervals: [20] }).toBe(true);
  await emptyRedis();
  await seeHome(page, buyer);
  await expectBoughtOnce(buyer);
});

test("Redis emptied again and again while a home is bought and made: bought once, and it ends well", async ({
  page,
}) => {
  const buyer = buyerOf("leaky");
  let over = false;
  const leak = (async () => {
    for (; !over; await sleep(100)) await emptyRedis();
  })();
  try {
    await toPayment(page, buyer);
    await pay(page, buyer);
    await seeHome(page, buyer);
  } finally {
    over = true;
    await leak;
  }
  await expectBoughtOnce(buyer);
});

test("with Redis not answering from the front page to the finished home everything goes well, only slower", async ({
  page,
}) => {
  const buyer = buyerOf("doorbell");
  await whileHeld(["redis"], async () => {
    await toPayment(page, buyer);
    await pay(page, buyer);
    await seeHome(page, buyer);
    await expectBoughtOnce(buyer);
  });
  // Rings that waited all that time are heard now, and find nothing to do.
  await page.reload();
  await seeHome(page, buyer);
  await expectBoughtOnce(buyer);
});
