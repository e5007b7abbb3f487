import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { billFor, usualTerms } from "@/lib/billing/bill.ts";
import { keptQuote } from "@/lib/billing/quote.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { chooseAnotherName } from "./choose-another-name.ts";
import { otherNames } from "./other-names.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

/** What the registry asks of owners of `.uk` names, on top of the contact. */
const askingMore = {
  properties: {
    contact_extensions: {
      type: "object",
      required: ["type"],
      properties: { type: { type: "string", title: "What are you?", enum: ["IND", "FIND"] } },
    },
  },
};
let taken: Set<string>;
beforeEach(() => {
  taken = new Set();
});
const names: NameSearch = {
  check: async (list) =>
    list.map((name) =>
      taken.has(name)
        ? { name, kind: "taken" }
        : { name, kind: "available", price: { currency: "USD", registration: "9.00", renewal: "9.00" } },
    ),
  registrationSchema: async (ending) => (ending === "uk" ? askingMore : {}),
};
const tools = { ...world, names };
const surname = () => `quill${world.ids.id("n").slice(2, 10)}`;

/** An order whose name was lost after a bill for this ending was paid. */
async function lost(ending = "family", label = surname()) {
  const bill = billFor(ending, 3, usualTerms());
  const quote = { ...smithQuote, ...(bill && keptQuote(bill)) };
  const name = `${label}.${ending}`;
  taken.add(name);
  return makeOrder(world, { state: "lost", lostAt: world.clock.now(), name, quote } as object);
}
const wanted = async (key: string, typed = "") => otherNames(tools, key, typed);

describe("Another name for the same money", () => {
  test("is offered close to the lost one, without that one", async () => {
    const { order, key } = await lost();
    const { offers, say } = await wanted(key);
    expect(offers).toHaveLength(5);
    expect(offers).not.toContain(order.name);
    expect(say).toBeUndefined();
  });

  test("never costs more than was paid", async () => {
    const { key } = await lost("com");
    const typed = surname();
    const { offers, say } = await wanted(key, `${typed}.family`);
    expect(offers.every((name) => !name.endsWith(".family") && !name.endsWith(".me"))).toBe(true);
    expect(say).toEqual({ key: "watch.lost.notThis", values: { name: `${typed}.family` } });
    await expect(chooseAnotherName(tools, key, `${typed}.family`)).rejects.toMatchObject({
      say: { key: "watch.lost.dearer" },
    });
  });

  test("asks nothing of its owner that the deed does not answer", async () => {
    const { key } = await lost();
    const typed = surname();
    expect((await wanted(key, `${typed}.uk`)).offers).not.toContain(`${typed}.uk`);
    await expect(chooseAnotherName(tools, key, `${typed}.uk`)).rejects.toMatchObject({
      say: { key: "watch.lost.asksMore" },
    });
  });

  test("is not somebody's home, nor easily mistaken for one", async () => {
    const label = surname();
    const { order } = await makeOrder(world, { state: "paid", name: `${label}.family` });
    await world.db.$transaction((tx) => askForTenant(tx, world, order));
    const { key } = await lost();
    expect((await wanted(key, `${label}.family`)).offers).not.toContain(`${label}.family`);
    await expect(chooseAnotherName(tools, key, `${label}.family`)).rejects.toMatchObject({ kind: "bad-input" });
    await expect(chooseAnotherName(tools, key, `${label.replace("ll", "1l")}.family`)).rejects.toMatchObject({
      kind: "bad-input",
    });
  });

  test.each([
    ["with a space", "sm ith"],
    ["of another alphabet", "ѕmith.family"],
    ["with markup", "<b>smith"],
    ["far too long", "x".repeat(300)],
  ])("typed %s is said to be wrong, and cannot be chosen", async (_, typed) => {
    const { key } = await lost();
    expect((await wanted(key, typed)).say).toBeDefined();
    await expect(chooseAnotherName(tools, key, typed)).rejects.toMatchObject({ kind: "bad-input" });
  });

  test("once chosen is wanted with the same people and the same bill, and only once", async () => {
    const { order, key } = await lost();
    const { offers } = await wanted(key);
    const name = offers[0] ?? "";
    const both = await Promise.allSettled([1, 2].map(() => chooseAnotherName(tools, key, name)));
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    const [tenants, after] = [
      await world.db.tenant.findMany({ where: { orderId: order.id }, include: { people: true } }),
      await world.db.order.findUniqueOrThrow({ where: { id: order.id } }),
    ];
    expect(tenants).toMatchObject([{ name, want: "present" }]);
    expect(tenants[0]?.people).toHaveLength(3);
    expect(after).toMatchObject({
      state: "paid",
      name,
      quote: { totalMinor: (order.quote as { totalMinor: number }).totalMinor },
    });
  });

  test("is a stranger's to look for no more than to choose", async () => {
    await lost();
    await expect(wanted("nobody's key")).rejects.toMatchObject({ kind: "not-found" });
    await expect(chooseAnotherName(tools, "nobody's key", "smith.family")).rejects.toMatchObject({ kind: "not-found" });
  });
});
