import { afterAll, expect, test } from "vitest";
import { daysAfter } from "@/lib/clock.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { forgetDrafts } from "./forget-drafts.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

const old = () => ({ expiresAt: daysAfter(world.clock.now(), -1) });
const find = (id: string) => world.db.order.findUnique({ where: { id } });

test("Drafts nobody came back to are forgotten, others are not", async () => {
  const [gone, waiting, paid] = await Promise.all([
    makeOrder(world, old()),
    makeOrder(world),
    makeOrder(world, { ...old(), state: "paid" }),
  ]);
  expect(await forgetDrafts(world)).toBeGreaterThan(0);
  expect(await find(gone.order.id)).toBeNull();
  expect(await find(waiting.order.id)).toMatchObject({ state: "draft" });
  expect(await find(paid.order.id)).toMatchObject({ state: "paid", email: "anna@post.example" });
});

test("Where a payment page was once opened the books stay, and the people do not", async () => {
  const { order } = await makeOrder(world, old());
  await world.db.checkout.create({
    data: {
      id: world.ids.id("vis"),
      orderId: order.id,
      try: 1,
      state: "expired",
      totalMinor: 625,
      currency: "GBP",
      createdAt: world.clock.now(),
    },
  });
  await forgetDrafts(world);
  const left = await find(order.id);
  expect(left).toMatchObject({
    state: "expired",
    name: order.name,
    email: null,
    given: null,
    people: [],
    deed: null,
    typed: null,
  });
  expect(JSON.stringify(left)).not.toContain("Anna");
});
