import { afterAll, describe, expect, test } from "vitest";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder, smithQuote } from "@/lib/testing/make-order.ts";
import { choosePeople, type PeopleAct } from "./choose-people.ts";
import { chooseTerms } from "./choose-terms.ts";
import { describeOrder, type OrderView } from "./describe-order.ts";
import type { TypedPerson } from "./draft.ts";
import type { OrderKey } from "./own-order.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

const view = async (key: OrderKey): Promise<OrderView> => {
  const order = await describeOrder(world, key);
  if (!order) throw new Error("No order");
  return order;
};
/** Somebody who lives alone so far. */
const alone = () => makeOrder(world, { people: [] } as object);
const send = async (key: OrderKey, plan: string | undefined, act: PeopleAct, rows: readonly TypedPerson[] = []) =>
  choosePeople(world, key, { rows, plan, seen: (await view(key)).peopleForm.seen }, act);
const goOn: PeopleAct = { kind: "continue" };
const ben: TypedPerson = { key: "b", given: "Ben", part: "ben", kind: "adult", email: "" };

describe("The plan of an order", () => {
  test("is the family's where nothing was said, and any that has room for those who will live there can be chosen", async () => {
    const { key } = await alone();
    expect((await view(key)).peopleForm).toMatchObject({
      terms: { plan: "family" },
      plans: ["family", "person"],
      left: undefined,
    });
    expect((await view((await makeOrder(world)).key)).peopleForm.plans).toEqual(["family"]);
  });

  test("shows its bill as soon as it is chosen, and is the order's once the screen is sent", async () => {
    const { key } = await alone();
    expect(await send(key, "person", { kind: "plan" })).toEqual({ next: "people", focus: "plan" });
    expect(await view(key)).toMatchObject({
      next: "people",
      bill: { plan: "family" },
      peopleForm: { terms: { plan: "person" }, plans: ["family", "person"] },
    });
    expect(await send(key, "person", goOn)).toEqual({ next: "deed" });
    expect(await view(key)).toMatchObject({
      next: "pay",
      bill: { plan: "person", home: { minor: 250 }, total: { minor: 425, currency: "GBP" } },
    });
  });

  test("moves to one with room by itself when somebody is added, says so, and comes back when they are taken out", async () => {
    const { key } = await alone();
    await send(key, "person", goOn);
    const added = await send(key, "person", { kind: "add" });
    expect(added).toMatchObject({ next: "people", focus: expect.stringMatching(/^given-/) });
    expect((await view(key)).peopleForm).toMatchObject({
      terms: { plan: "family" },
      plans: ["family"],
      left: "person",
    });
    const [line] = (await view(key)).peopleForm.values;
    await send(key, undefined, { kind: "take-out", key: line?.key ?? "" }, [line ?? ben]);
    expect((await view(key)).peopleForm).toMatchObject({ terms: { plan: "person" }, left: undefined });
    await send(key, "person", { kind: "add" });
    expect(await send(key, undefined, goOn, [ben])).toEqual({ next: "deed" });
    expect(await view(key)).toMatchObject({ heads: 2, bill: { plan: "family", total: { minor: 625 } } });
    expect((await view(key)).peopleForm.left).toBeUndefined();
  });

  test("keeps period and currency, and what is typed in the lines", async () => {
    const { key } = await makeOrder(world);
    await chooseTerms(world, key, { currency: "EUR", period: "year" });
    const { values } = (await view(key)).peopleForm;
    await send(key, "family", { kind: "plan" }, values);
    expect((await view(key)).peopleForm).toMatchObject({
      terms: { plan: "family", period: "year", currency: "EUR" },
      values,
    });
  });

  test.each(["museum", "constructor", "__proto__", ""])("is never %j, whatever a form sends", async (plan) => {
    const { key } = await alone();
    await send(key, plan, { kind: "plan" });
    await send(key, plan, goOn);
    expect((await view(key)).bill?.plan).toBe("family");
  });

  test("is never one without room for all of them, whatever a form sends", async () => {
    const { key } = await makeOrder(world);
    await send(key, "person", goOn, (await view(key)).peopleForm.values);
    expect(await view(key)).toMatchObject({ heads: 3, bill: { plan: "family", total: { minor: 625 } } });
  });

  test("of an older window changes nothing, and the same button pressed twice is no other window", async () => {
    const { key } = await alone();
    const { seen } = (await view(key)).peopleForm;
    const old = (plan: string, act: PeopleAct) => choosePeople(world, key, { rows: [], plan, seen }, act);
    await old("person", goOn);
    await expect(old("family", goOn)).rejects.toMatchObject({ say: { key: "errors.otherWindow" } });
    await expect(old("family", { kind: "plan" })).rejects.toMatchObject({ say: { key: "errors.otherWindow" } });
    expect(await old("person", goOn)).toEqual({ next: "deed" });
    expect(await old("person", { kind: "plan" })).toEqual({ next: "people", focus: "plan" });
    expect((await view(key)).bill?.plan).toBe("person");
  });

  test("is nobody else's to choose, and nobody's once it is paid", async () => {
    const { key, order } = await alone();
    const { seen } = (await view(key)).peopleForm;
    const form = { rows: [], plan: "person", seen };
    for (const stranger of [undefined, `${key.slice(0, -1)}_`])
      await expect(choosePeople(world, stranger, form, goOn)).rejects.toMatchObject({ kind: "not-found" });
    await world.db.order.update({ where: { id: order.id }, data: { state: "paid" } });
    await expect(choosePeople(world, key, form, goOn)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect((await world.db.order.findUniqueOrThrow({ where: { id: order.id } })).quote).toEqual(smithQuote);
  });
});
