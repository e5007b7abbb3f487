import fc from "fast-check";
import { createTranslator } from "use-intl/core";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type Said, Unreachable } from "@/lib/errors.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import messages from "@/messages/en.json" with { type: "json" };
import { describeExtension, extensions } from "@/sandbox/cloudflare/registrar/extensions.ts";
import { chooseLook } from "./choose-look.ts";
import { chooseName } from "./choose-name.ts";
import { choosePeople, type PeopleAct } from "./choose-people.ts";
import { completeQuote } from "./complete-quote.ts";
import { describeDeed } from "./describe-deed.ts";
import { describeOrder, type OrderView } from "./describe-order.ts";
import type { TypedPerson } from "./draft.ts";
import { fillDeed } from "./fill-deed.ts";
import { keepUnsent } from "./keep-unsent.ts";
import type { OrderKey } from "./own-order.ts";
import type { Problem } from "./problem.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

let taken: Set<string>;
let away: boolean;
const unreachable = () => new Unreachable("silent", { vendor: "cloudflare", call: "domain-check" });
const price = { currency: "USD", registration: "9.00", renewal: "9.00" };
const names: NameSearch = {
  async check(list) {
    if (away) throw unreachable();
    return list.map((name) => (taken.has(name) ? { name, kind: "taken" } : { name, kind: "available", price }));
  },
  async registrationSchema(ending) {
    const asked = extensions[ending];
    if (away || !asked) throw unreachable();
    return describeExtension(ending, asked).registration_schema;
  },
};
beforeEach(() => {
  taken = new Set();
  away = false;
});
const tools = { ...world, names };

const fresh = () => `f${world.ids.id("n").slice(-12)}`;
const view = async (key: OrderKey): Promise<OrderView> => {
  const order = await describeOrder(world, key);
  if (!order) throw new Error("No order");
  return order;
};

async function named(ending = "family"): Promise<{ key: OrderKey; name: string }> {
  const name = `${fresh()}.${ending}`;
  const done = await chooseName(tools, undefined, name);
  if (!done.ok) throw new Error("Not chosen");
  return { key: done.key, name };
}
const look = async (key: OrderKey, given: string, part: string, confirm: string) =>
  chooseLook(world, key, { given, part, confirm }, (await view(key)).look.seen);
async function looking(ending = "family") {
  const order = await named(ending);
  await look(order.key, "Anna", "anna", order.name);
  return order;
}
const row = (key: string, given: string, part: string, kind = "adult", email = "", age = ""): TypedPerson => ({
  ...{ key, given, part, kind, email, age },
});
const people = async (
  key: OrderKey,
  rows: readonly TypedPerson[],
  act: PeopleAct = { kind: "continue" },
  plan?: string,
) => choosePeople(world, key, { rows, plan, seen: (await view(key)).peopleForm.seen }, act);
const owner = {
  fullName: "Anna Smith",
  email: "anna@post.example",
  phone: "+44 7700 900123",
  country: "GB",
  street: "14 Mill Lane",
  city: "Frome",
  state: "Somerset",
  postalCode: "ba11 1aa",
  organisation: "",
};
const deed = async (key: OrderKey, values: Record<string, string>) =>
  fillDeed(tools, key, values, (await view(key)).deedForm.seen);
const keysOf = (problems: readonly { at: string; say: { key: string } }[]) =>
  problems.map(({ at, say }) => `${at}: ${say.key}`);

const translate = createTranslator<Record<string, unknown>>({
  locale: "en-GB",
  messages,
  onError(error) {
    throw error;
  },
});
const say = ({ key, values }: Said, more: object = {}) =>
  translate(key as never, { ...values, ...more } as never) as string;
/** A problem as the page says it: a missing key or value of the catalogue throws. */
const inWords = ({ field, say: said }: Problem) => say(said, { field: say(field) });

describe("The first screen", () => {
  test("begins an order with the whole bill, which its key alone opens", async () => {
    const { key, name } = await named();
    expect(await view(key)).toMatchObject({
      name,
      next: "look",
      bill: { total: { minor: 625, currency: "GBP" } },
      heads: 1,
    });
    expect(await describeOrder(world, `${key.slice(0, -1)}x`)).toBeUndefined();
    expect(await describeOrder(world, undefined)).toBeUndefined();
  });

  test("does not choose a name that is gone, and writes nothing down for it", async () => {
    const name = `${fresh()}.family`;
    taken.add(name);
    expect(await chooseName(tools, undefined, name)).toEqual({ ok: false, name, lost: true });
    expect(await world.db.order.count({ where: { name } })).toBe(0);
  });

  test.each(["smith", "smith.museum", "ѕmith.family", "<b>.family", "", "nameplate.family"])(
    "does not choose %j, whatever a form sends",
    async (typed) => {
      expect(await chooseName(tools, undefined, typed)).toMatchObject({ ok: false });
    },
  );

  test("chooses with the price book alone while the registry is silent, and asks it before paying", async () => {
    away = true;
    const { key } = await named();
    away = false;
    const { version } = await view(key);
    expect(await completeQuote(tools, key, version)).toBe(version + 1);
    const order = await world.db.order.findFirstOrThrow({ where: { id: (await view(key)).id } });
    expect(order.quote).toMatchObject({ wholesale: price });
  });

  test("keeps everything else when another name is chosen, but has it confirmed anew", async () => {
    const { key } = await looking();
    const other = `${fresh()}.family`;
    expect(await chooseName(tools, key, other)).toMatchObject({ ok: true, key });
    expect(await view(key)).toMatchObject({
      name: other,
      next: "look",
      look: { values: { given: "Anna", part: "anna", confirm: "" } },
    });
  });

  test("begins a second order once the first is bought", async () => {
    const { key } = await named();
    await world.db.order.update({ where: { id: (await view(key)).id }, data: { state: "paid" } });
    const done = await chooseName(tools, key, `${fresh()}.family`);
    expect(done.ok && done.key !== key).toBe(true);
  });
});

describe("The second screen", () => {
  test("keeps what was typed, says what is wrong with it, and forgets it once it is right", async () => {
    const { key, name } = await named();
    expect(await look(key, "Anna", "Anna", "smth.family")).toEqual({ ok: false });
    const wrong = await view(key);
    expect(wrong.look.values).toEqual({ given: "Anna", part: "Anna", confirm: "smth.family" });
    expect(keysOf(wrong.look.problems)).toEqual(["part: part.errors.capital", "confirm: look.errors.spellingDiffers"]);
    expect(wrong.next).toBe("look");
    expect(await look(key, "Anna", "anna", name.toUpperCase())).toEqual({ ok: true });
    expect(await view(key)).toMatchObject({
      next: "people",
      look: { problems: [] },
      buyer: { given: "Anna", id: `@anna:${name}` },
    });
  });

  test("does not overwrite what another window saved, unless it says the same", async () => {
    const { key, name } = await named();
    const { seen } = (await view(key)).look;
    await chooseLook(world, key, { given: "Anna", part: "anna", confirm: name }, seen);
    await expect(chooseLook(world, key, { given: "Ann", part: "ann", confirm: name }, seen)).rejects.toMatchObject({
      say: { key: "errors.otherWindow" },
    });
    expect(await chooseLook(world, key, { given: "Anna", part: "anna", confirm: name }, seen)).toEqual({ ok: true });
    expect((await view(key)).buyer?.given).toBe("Anna");
  });

  test("does not take a part that somebody in the list has", async () => {
    const { key, name } = await looking();
    await people(key, [row("a", "Ben", "ben")]);
    expect(await look(key, "Anna", "ben", name)).toEqual({ ok: false });
    expect(keysOf((await view(key)).look.problems)).toEqual(["part: part.errors.twice"]);
  });
});

describe("What was typed and not sent", () => {
  const unsent = async (key: OrderKey, screen: "look" | "people" | "deed", values: Record<string, string>) => {
    const now = await view(key);
    const { seen } = { look: now.look, people: now.peopleForm, deed: now.deedForm }[screen];
    await keepUnsent(world, key, { screen, seen, values });
  };

  test("is there again on each screen, nothing is said about it, and the form can still be sent", async () => {
    const { key, name } = await named();
    const { seen, values } = (await view(key)).look;
    await keepUnsent(world, key, { screen: "look", seen, values: { given: "Anneliese", part: "Ann Smith" } });
    const now = (await view(key)).look;
    expect(now).toEqual({ seen, problems: [], values: { ...values, given: "Anneliese", part: "Ann Smith" } });
    expect(await chooseLook(world, key, { given: "Anna", part: "anna", confirm: name }, seen)).toEqual({ ok: true });
    await people(key, [], { kind: "add" });
    const [row] = (await view(key)).peopleForm.values;
    await unsent(key, "people", {
      [`given-${row?.key}`]: "Ben",
      [`kind-${row?.key}`]: "child",
      [`age-${row?.key}`]: "13-15",
    });
    expect((await view(key)).peopleForm).toMatchObject({
      problems: [],
      values: [{ given: "Ben", kind: "child", age: "13-15" }],
    });
    await unsent(key, "deed", { street: "14 Mill" });
    expect((await view(key)).deedForm).toMatchObject({ asked: false, values: { street: "14 Mill" } });
  });

  test("is forgotten once the form was sent, and never comes back from an older window", async () => {
    const { key, name } = await named();
    const { seen } = (await view(key)).look;
    await look(key, "Anna", "anna", name);
    await keepUnsent(world, key, { screen: "look", seen, values: { given: "Older" } });
    expect((await view(key)).look.values.given).toBe("Anna");
    await unsent(key, "look", { given: "Newer" });
    await look(key, "Annie", "anna", name);
    expect((await view(key)).look.values.given).toBe("Annie");
  });

  test("is checked anew where the page had said what was wrong", async () => {
    const { key, name } = await named();
    await look(key, "", "", "");
    await unsent(key, "look", { given: "Anna", part: "anna", confirm: name });
    expect((await view(key)).look.problems).toEqual([]);
  });

  test("of nobody's order is kept by nobody, and holds no more than a form can", async () => {
    await keepUnsent(world, undefined, { screen: "look", seen: "", values: { given: "x" } });
    const { key } = await named();
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`field${n}`, "\u0000"]));
    await unsent(key, "look", many);
    const order = await world.db.order.findFirstOrThrow({ where: { id: (await view(key)).id } });
    expect(Object.keys((order.typed as { unsent: { look: { values: object } } }).unsent.look.values)).toHaveLength(300);
  });
});

describe("The third screen", () => {
  test("is not left out by coming back before it was answered, be it with nobody", async () => {
    const { key, name } = await looking();
    expect((await view(key)).next).toBe("people");
    expect(await people(key, [])).toEqual({ next: "deed" });
    expect((await view(key)).next).toBe("deed");
    await look(key, "Anna", "anna", name);
    expect((await view(key)).next).toBe("deed");
  });

  test("has to be answered again when a line was added to it", async () => {
    const { key } = await looking();
    await people(key, [row("a", "Ben", "ben")]);
    await people(key, [row("a", "Ben", "ben")], { kind: "add" });
    expect((await view(key)).next).toBe("people");
  });

  test("adds and takes out people without losing what is typed in other lines", async () => {
    const { key } = await looking();
    const added = await people(key, [row("a", "Ben", "ben smith")], { kind: "add" });
    expect(added).toMatchObject({ next: "people" });
    const two = (await view(key)).peopleForm;
    expect(two.values.map((one) => one.given)).toEqual(["Ben", ""]);
    expect(two.problems).toEqual([]);
    await people(key, two.values, { kind: "take-out", key: "a" });
    expect((await view(key)).peopleForm.values.map((one) => one.given)).toEqual([""]);
  });

  test("explains each line that is wrong, and saves none", async () => {
    const { key, name } = await looking();
    await people(key, [
      row("a", "", "", ""),
      row("b", "Ben", "anna"),
      row("c", "Mia", "mia", "child", `mia@${name}`),
      row("d", "Mo", "mo", "adult", "x"),
    ]);
    expect(keysOf((await view(key)).peopleForm.problems)).toEqual([
      "given-a: people.errors.givenEmpty",
      "part-a: part.errors.empty",
      "kind-a: people.errors.kindNameless",
      "part-b: part.errors.twice",
      "age-c: people.errors.age",
      "email-c: people.errors.emailHere",
      "email-d: people.errors.email",
    ]);
    expect((await view(key)).people).toEqual([]);
  });

  test("asks how old a child is, keeps it, and forgets it of somebody who is an adult after all", async () => {
    const { key } = await looking();
    await people(key, [row("a", "", "mia", "child", "", "eleven")]);
    expect(keysOf((await view(key)).peopleForm.problems)).toContain("age-a: people.errors.ageNameless");
    await people(key, [row("a", "Mia", "mia", "child", "", "10-12"), row("b", "Ben", "ben", "adult", "", "10-12")]);
    expect((await view(key)).peopleForm.values).toMatchObject([{ age: "10-12" }, { age: "" }]);
    const { people: kept } = await world.db.order.findUniqueOrThrow({ where: { id: (await view(key)).id } });
    expect(kept).toMatchObject([{ given: "Mia", ageBand: "10-12" }, { given: "Ben" }]);
    expect(JSON.stringify(kept)).not.toMatch(/Ben.*ageBand/);
  });

  test("asks it of a child from before it was asked, by a form whose mark is still good", async () => {
    const { key } = await looking();
    await people(key, [row("a", "Mia", "mia", "child", "", "10-12")]);
    const { id } = await view(key);
    const { people: kept } = await world.db.order.findUniqueOrThrow({ where: { id } });
    const before = (kept as { ageBand?: string }[]).map(({ ageBand: _, ...person }) => person);
    await world.db.order.update({ where: { id }, data: { people: before } });
    expect(await view(key)).toMatchObject({ next: "people", peopleForm: { problems: [{ at: "age-a" }] } });
    expect(await people(key, [row("a", "Mia", "mia", "child", "", "under-10")])).toEqual({ next: "deed" });
  });

  test("needs no e-mail of a child, and puts people beyond six on the bill", async () => {
    const { key } = await looking();
    const seven = Array.from({ length: 6 }, (_, n) => row(`k${n}`, `Child ${n}`, `child${n}`, "child", "", "10-12"));
    expect(await people(key, seven)).toEqual({ next: "deed" });
    expect(await view(key)).toMatchObject({ heads: 7, bill: { home: { minor: 525 }, total: { minor: 700 } } });
  });

  test("does the same once when a button is pressed twice", async () => {
    const { key } = await looking();
    const { seen } = (await view(key)).peopleForm;
    await choosePeople(world, key, { rows: [], seen }, { kind: "add" });
    await choosePeople(world, key, { rows: [], seen }, { kind: "add" });
    expect((await view(key)).peopleForm.values).toHaveLength(1);
  });
});

describe("The fourth screen", () => {
  test("keeps the owner as the registry wants it, and leads to paying", async () => {
    const { key } = await looking();
    await people(key, []);
    expect(await deed(key, owner)).toEqual({ ok: true });
    expect(await view(key)).toMatchObject({
      next: "pay",
      email: "anna@post.example",
      deed: { phone: "+447700900123", postalCode: "BA11 1AA" },
    });
  });

  test("asks what the ending asks, by its own rules", async () => {
    const { key } = await looking("uk");
    expect(await deed(key, owner)).toEqual({ ok: false });
    const problems = async () => keysOf((await describeDeed(names, await view(key))).problems);
    expect(await problems()).toEqual(["extra.registrant_type: deed.errors.linkEmpty"]);
    await deed(key, { ...owner, "extra.registrant_type": "LTD" });
    expect(await problems()).toEqual(["extra.company_number: deed.errors.linkEmpty"]);
    expect(await deed(key, { ...owner, "extra.registrant_type": "IND" })).toEqual({ ok: true });
    expect((await view(key)).deed?.extra).toEqual({ registrant_type: "IND" });
  });

  test("is asked again when another ending is chosen, with the answers still there", async () => {
    const { key } = await looking();
    await people(key, []);
    await deed(key, owner);
    const name = `${fresh()}.uk`;
    await chooseName(tools, key, name);
    await look(key, "Anna", "anna", name);
    expect(await view(key)).toMatchObject({ next: "deed", deedForm: { values: { fullName: "Anna Smith" } } });
  });

  test("keeps what was typed while the registry is silent", async () => {
    const { key } = await looking();
    away = true;
    await expect(deed(key, owner)).rejects.toMatchObject({ kind: "unreachable" });
    expect((await view(key)).deedForm.values).toMatchObject({ fullName: "Anna Smith" });
    expect(await describeDeed(names, await view(key))).toMatchObject({ away: true, problems: [] });
  });

  test("refuses an e-mail at the name that does not work yet", async () => {
    const { key, name } = await looking();
    await deed(key, { ...owner, email: `anna@${name}` });
    expect(keysOf((await describeDeed(names, await view(key))).problems)).toEqual(["email: deed.errors.emailHere"]);
  });
});

describe("Every screen", () => {
  test("is closed once the order is bought", async () => {
    const { key, name } = await looking();
    const seen = await view(key);
    await world.db.order.update({ where: { id: seen.id }, data: { state: "paid" } });
    const closed = { kind: "changed-meanwhile" };
    await expect(
      chooseLook(world, key, { given: "A", part: "a", confirm: name }, seen.look.seen),
    ).rejects.toMatchObject(closed);
    await expect(
      choosePeople(world, key, { rows: [], seen: seen.peopleForm.seen }, { kind: "continue" }),
    ).rejects.toMatchObject(closed);
    await expect(fillDeed(tools, key, owner, seen.deedForm.seen)).rejects.toMatchObject(closed);
    expect((await view(key)).state).toBe("closed");
  });

  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.string({ unit: fc.constantFrom(..."аΩ李א😀<>&\"'\u0000\u0007\u200b\u202e\ud800 @.-1"), maxLength: 20 }),
    fc.constant("x".repeat(5000)),
    fc.constant(""),
  );

  test("takes any text in any field, keeps it, and says what is wrong with it", async () => {
    const { key } = await looking();
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 9, maxLength: 9 }), async (texts) => {
        const [a = "", b = "", c = "", d = ""] = texts;
        await look(key, a, b, c);
        await people(key, [row("a", a, b, c, d)]);
        await deed(key, Object.fromEntries(Object.keys(owner).map((field, n) => [field, texts[n] ?? ""])));
        const order = await view(key);
        const shown = await describeDeed(names, order);
        for (const problem of [...order.look.problems, ...order.peopleForm.problems, ...shown.problems]) {
          expect(inWords(problem)).toMatch(/\w/);
        }
      }),
      { numRuns: 150 },
    );
  });
});
