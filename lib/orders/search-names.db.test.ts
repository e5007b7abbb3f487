import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { moneyOf } from "@/lib/billing/money.ts";
import { Unreachable } from "@/lib/errors.ts";
import type { Checked, NameSearch } from "@/lib/names/ports.ts";
import { easilyMistaken } from "@/lib/names/skeleton.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { type SearchInput, searchNames } from "./search-names.ts";
import { homesInTheWay } from "./similar-homes.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

let stands: Map<string, Checked["kind"]>;
let cost: string;
let asked: string[][];
let away: boolean;
const names: NameSearch = {
  async check(list) {
    if (away) throw new Unreachable("silent", { vendor: "cloudflare", call: "domain-check" });
    asked.push([...list]);
    return list.map((name): Checked => {
      const kind = stands.get(name) ?? "available";
      return kind === "available"
        ? { name, kind, price: { currency: "USD", registration: cost, renewal: cost } }
        : { name, kind };
    });
  },
  registrationSchema: async () => ({}),
};
beforeEach(() => {
  stands = new Map();
  cost = "9.00";
  asked = [];
  away = false;
});

/** A surname that no other test has, in letters only. */
const surname = () =>
  `smy${world.ids
    .id("n")
    .replace(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "a")
    .slice(-12)}`;
const search = (typed: string, more: Partial<SearchInput> = {}) =>
  searchNames({ ...world, names }, { typed, people: 1, ...more });
const found = (view: Awaited<ReturnType<typeof search>>) => view.offers.map((offer) => offer.name);

async function home(name: string) {
  const { order } = await makeOrder(world, { name, state: "paid" });
  const now = world.clock.now();
  await world.db.tenant.create({
    data: {
      id: world.ids.id("ten"),
      name,
      holds: name,
      orderId: order.id,
      want: "present",
      signIn: "password",
      createdAt: now,
    },
  });
}

describe("A search for a name", () => {
  test("offers five with their whole bills, the surname itself first, and asks the registry once", async () => {
    const label = surname();
    const view = await search(label);
    expect(view.standing).toEqual({ kind: "free" });
    expect(found(view)[0]).toBe(`${label}.family`);
    expect(view.offers).toHaveLength(5);
    expect(view.offers[0]).toMatchObject({
      label,
      ending: "family",
      total: moneyOf(625, "GBP"),
      laterTotal: moneyOf(625, "GBP"),
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.length).toBeLessThanOrEqual(20);
  });

  test.each(["taken", "premium", "unsupported"] as const)("that is %s says so and offers five others", async (kind) => {
    const name = `${surname()}.family`;
    stands.set(name, kind);
    const view = await search(name);
    expect(view.standing).toEqual({ kind: kind === "unsupported" ? "unsold" : kind, name, ending: "family" });
    expect(found(view)).toHaveLength(5);
    expect(found(view)).not.toContain(name);
  });

  test("treats a name as rare when the registry asks more than the price book allows", async () => {
    cost = "400.00";
    const name = `${surname()}.family`;
    const view = await search(name);
    expect(view.standing).toMatchObject({ kind: "premium", name });
    expect(view.offers).toEqual([]);
  });

  test("of an ending we do not sell offers those we do", async () => {
    const label = surname();
    const view = await search(`${label}.museum`);
    expect(view.standing).toEqual({ kind: "unsold", name: `${label}.museum`, ending: "museum" });
    expect(found(view)).toContain(`${label}.family`);
  });

  test("never offers a home that lives here, nor one that would be taken for it", async () => {
    const label = `${surname()}mia`;
    await home(`${label}.family`);
    expect((await search(`${label}.family`)).standing).toMatchObject({ kind: "ours" });
    const similar = `${label.replace("mia", "rnia")}.family`;
    const view = await search(similar);
    expect(view.standing).toMatchObject({ kind: "similar", name: similar, other: `${label}.family` });
    expect(found(view)).not.toContain(similar);
  });

  test("says when somebody else is paying for it, for ten minutes", async () => {
    const name = `${surname()}.family`;
    const { order } = await makeOrder(world, { name, state: "checkout" });
    await world.db.checkout.create({
      data: {
        id: world.ids.id("vis"),
        orderId: order.id,
        try: 1,
        state: "open",
        totalMinor: 625,
        currency: "GBP",
        createdAt: world.clock.now(),
      },
    });
    expect((await search(name)).standing).toMatchObject({ kind: "busy", name });
    expect((await search(name, { orderId: order.id })).standing).toEqual({ kind: "free" });
    await world.clock.sleep(601_000);
    expect((await search(name)).standing).toEqual({ kind: "free" });
  });

  test("still offers names while the registry is silent, and says that it is", async () => {
    away = true;
    const view = await search(surname());
    expect(view.standing).toEqual({ kind: "away" });
    expect(view.offers).toHaveLength(5);
  });

  test("shows a look-alike letter by letter and asks about what was meant", async () => {
    const view = await search("ѕmith.family");
    expect(view.standing).toMatchObject({ kind: "odd", other: "smith.family" });
    expect(asked[0]?.[0]).toBe("smith.family");
  });

  test("asks nobody about what cannot be a name, and offers names near it", async () => {
    const view = await search("O’Brien family");
    expect(view.standing).toMatchObject({ kind: "problem", perhaps: ["obrien.family", "the-obriens.family"] });
    expect(asked).toEqual([]);
  });

  test("uses the buyer's given name once it is known", async () => {
    const label = surname();
    await search(label, { given: "anna" });
    expect(asked[0]).toContain(`anna${label}.family`);
  });
});

test("The database finds every look-alike that the rule knows", async () => {
  const letters = fc.string({ unit: fc.constantFrom(..."rnmvw0o1lia-"), minLength: 4, maxLength: 10 });
  /** Writes the same name with other letters that look alike. */
  const disguise = (name: string) =>
    name.replace("rn", "m").replace("vv", "w").replace("0", "o").replace("1", "l").replace("-", "");
  let seen = 0;
  for (const text of fc.sample(letters, 60)) {
    const name = `x${text}x${world.ids.id("n").slice(-6)}.family`;
    const near = disguise(name);
    if (!easilyMistaken(name, near)) continue;
    seen += 1;
    await home(name);
    const answer = await homesInTheWay(world, [near, name, `y${near}`]);
    expect(answer.get(near)).toEqual({ home: name, why: "similar" });
    expect(answer.get(name)).toEqual({ home: name, why: "same" });
    expect(answer.has(`y${near}`)).toBe(false);
  }
  expect(seen).toBeGreaterThan(10);
});
