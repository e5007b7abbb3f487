import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChildRules } from "./household.ts";
import { type Dweller, heal, lookOnly, provision } from "./step.ts";
import { allSteps } from "./steps/index.ts";
import { allSettled, type Mishap, SmallWorld, smith } from "./testing/small-world.ts";

describe("A paid home", () => {
  test("is built, and a second run writes nothing", async () => {
    const world = new SmallWorld();
    expect(await world.run()).toEqual(allSettled);
    const before = world.writes.length;
    expect(await world.run()).toEqual(allSettled);
    expect(world.writes).toHaveLength(before);
  });

  test("is built while the registrar still works", async () => {
    const world = new SmallWorld();
    world.workflow = { state: "running" };
    const found = await world.run();
    expect(found).toMatchObject({
      domain: "waiting: registry-running",
      zone: "waiting: needs",
      homeserver: "settled",
      owner: "settled",
    });
  });

  test("has its key locked away before its homeserver starts", async () => {
    const world = new SmallWorld();
    await world.run();
    expect(world.writes.indexOf("key")).toBeLessThan(world.writes.indexOf("home"));
  });

  test("that serves another key than the one locked away is blocked", async () => {
    const world = new SmallWorld();
    await world.run();
    world.keys.set("smith.family", "ed25519:a_other");
    expect(await world.run()).toMatchObject({ homeserver: "blocked: wrong-key" });
  });
});

describe("A home whose key the database forgot, for it was set back", () => {
  test("has the key that it lives with locked away again, and no other made", async () => {
    const world = new SmallWorld();
    await world.run();
    const key = world.keys.get("smith.family");
    world.keys.clear();
    expect(await world.run()).toEqual(allSettled);
    expect(world.keys.get("smith.family")).toBe(key);
  });

  test("gets none while nobody has its own", async () => {
    const world = new SmallWorld();
    await world.run();
    world.keys.clear();
    const { homes } = world.hands();
    const steps = allSteps({ ...world.hands(), homes: { ...homes, handedKey: async () => undefined } });
    const found = await steps.find((step) => step.name === "homeserver")?.inspect(smith, "present", {});
    expect(found).toMatchObject({ state: "blocked", reason: { code: "wrong-key" } });
  });
});

describe("A home that sleeps", () => {
  test("is well, and looked at without being woken", async () => {
    const world = new SmallWorld();
    await world.run();
    world.sleeping = true;
    expect(await world.run()).toEqual(allSettled);
    expect(await world.run("present", heal)).toEqual(allSettled);
    expect(await world.run("present", lookOnly)).toEqual(allSettled);
    expect([world.sleeping, world.wakes]).toEqual([true, 0]);
  });

  test("is woken for somebody new, who gets an account", async () => {
    const world = new SmallWorld();
    await world.run();
    world.sleeping = true;
    const born = { ...smith.people[0], id: "per_9", given: "Ida", part: "ida", runsHome: false } as Dweller;
    const larger = { ...smith, people: [...smith.people, born] };
    expect(await world.run("present", undefined, larger)).toEqual(allSettled);
    expect(world.accounts).toContain("@ida:smith.family");
    expect(world.wakes).toBeGreaterThan(0);
  });

  test("is woken to be seen when it never was", async () => {
    const world = new SmallWorld();
    world.plan("home", "lost-after");
    await world.run();
    world.sleeping = true;
    expect(await world.run()).toEqual(allSettled);
    expect(world.wakes).toBeGreaterThan(0);
  });
});

describe("A home with children", () => {
  const rules: ChildRules = {
    contacts: { family: true, people: [], servers: [], never: [] },
    rooms: { join: "contacts", create: false, publish: false },
    ...{ stranger: "ask", found: false, quiet: [], devices: "any", uploadMegabytes: null, paused: false },
  };
  const told = (paused: boolean) => ({
    ...smith,
    household: { zone: "UTC", parents: ["anna"], children: [{ who: "mia", ...rules, paused }] },
  });

  test("knows what holds for them before an account is made, and hears of a change by itself", async () => {
    const world = new SmallWorld();
    world.plan("account", "lost-before");
    await world.run("present", provision, told(false));
    expect([world.households.get("smith.family"), world.accounts.size]).toEqual([told(false).household, 0]);
    await world.runUntilQuiet("present", told(false));
    const before = world.writes.length;
    expect(await world.run("present", heal, told(true))).toEqual(allSettled);
    expect(world.households.get("smith.family")).toEqual(told(true).household);
    expect(world.writes.slice(before)).toEqual(["home"]);
  });

  test("hears of it while it sleeps, without being woken", async () => {
    const world = new SmallWorld();
    await world.run("present", provision, told(false));
    world.sleeping = true;
    expect(await world.run("present", heal, told(true))).toEqual(allSettled);
    expect([world.households.get("smith.family"), world.wakes]).toEqual([told(true).household, 0]);
  });

  test("is told of none when the last of them has gone", async () => {
    const world = new SmallWorld();
    await world.run("present", provision, told(false));
    expect(await world.run("present", heal, smith)).toEqual(allSettled);
    expect(world.households.get("smith.family")).toBeNull();
  });
});

describe("Somebody who was taken out of a home", () => {
  const mia = "@mia:smith.family";
  const people = smith.people.filter(({ part }) => part !== "mia");
  const without = (forGood: boolean) => ({ ...smith, people, takenOut: [{ part: "mia", forGood, erase: false }] });

  test("gets in to their account no more, and does again when they are brought back", async () => {
    const world = new SmallWorld();
    await world.run();
    expect(await world.run("present", heal, without(false))).toEqual(allSettled);
    expect([[...world.locked], [...world.closed]]).toEqual([[mia], []]);
    const before = world.writes.length;
    expect(await world.run("present", heal, without(false))).toEqual(allSettled);
    expect(world.writes).toHaveLength(before);
    expect(await world.run("present", heal, smith)).toEqual(allSettled);
    expect(world.locked.size).toBe(0);
  });

  test("has the account closed for good once nobody can bring them back, be it that it was never locked", async () => {
    for (const first of [without(false), smith]) {
      const world = new SmallWorld();
      await world.run();
      await world.run("present", heal, first);
      expect(await world.run("present", heal, without(true))).toEqual(allSettled);
      expect([...world.closed]).toEqual([mia]);
      const before = world.writes.length;
      expect(await world.run("present", heal, without(true))).toEqual(allSettled);
      expect(world.writes).toHaveLength(before);
    }
  });

  test.each(["lost-before", "lost-after", "crash-before", "crash-after"] as const)(
    "is locked, unlocked and closed whatever answer is lost: %s",
    async (mishap) => {
      const world = new SmallWorld();
      await world.run();
      world.plan("lock", mishap);
      await world.runUntilQuiet("present", without(false));
      expect([...world.locked]).toEqual([mia]);
      world.plan("lock", mishap);
      await world.runUntilQuiet("present", smith);
      expect(world.locked.size).toBe(0);
      world.plan("close", mishap);
      await world.runUntilQuiet("present", without(true));
      expect([...world.closed]).toEqual([mia]);
    },
  );

  test("has a home that sleeps woken for it, once", async () => {
    const world = new SmallWorld();
    await world.run();
    for (const [tenant, wakes] of [
      [without(false), 1],
      [without(false), 0],
      [smith, 1],
      [smith, 0],
      [without(true), 1],
      [without(true), 0],
    ] as const) {
      [world.sleeping, world.wakes] = [true, 0];
      expect(await world.run("present", heal, tenant)).toEqual(allSettled);
      expect(world.wakes > 0).toBe(wakes === 1);
    }
  });

  test("is locked out when a home that rested wakes", async () => {
    const world = new SmallWorld();
    await world.run();
    const rests = { because: "unpaid", since: new Date("2026-12-24T00:00:00Z") } as const;
    await world.run("present", heal, { ...without(false), rests });
    expect(world.locked.size).toBe(0);
    expect(await world.run("present", heal, without(false))).toEqual(allSettled);
    expect([...world.locked]).toEqual([mia]);
  });

  test("who closed the account in an app before is left as they are", async () => {
    const world = new SmallWorld();
    await world.run();
    world.locked.add(mia);
    world.closed.add(mia);
    const before = world.writes.length;
    for (const tenant of [without(false), without(true), smith])
      expect(await world.run("present", heal, tenant)).toEqual(allSettled);
    expect(world.writes).toHaveLength(before);
  });
});

describe("A home that rests", () => {
  const resting = { ...smith, rests: { because: "unpaid", since: new Date("2026-12-24T00:00:00Z") } } as const;

  test("is stopped, keeps everything, and is settled without being asked for anything", async () => {
    const world = new SmallWorld();
    await world.run();
    const [before, lines, pages] = [world.writes.length, world.lines, new Map(world.pages)];
    expect(await world.run("present", heal, resting)).toEqual(allSettled);
    expect(world.writes.slice(before)).toEqual(["stop-home"]);
    expect([...world.stopped]).toEqual(["smith.family"]);
    expect([world.homes.size, world.accounts.size, world.lines, world.pages]).toEqual([1, 2, lines, pages]);
    expect(await world.run("present", heal, resting)).toEqual(allSettled);
    expect(world.writes).toHaveLength(before + 1);
  });

  test("is stopped when it slept, and when the answer was lost", async () => {
    const world = new SmallWorld();
    await world.run();
    world.sleeping = true;
    world.plan("stop-home", "lost-before", "lost-after");
    expect(await world.run("present", heal, resting)).toMatchObject({ homeserver: "waiting: unreachable" });
    await world.runUntilQuiet("present", resting);
    expect(await world.run("present", heal, resting)).toEqual(allSettled);
    expect([world.stopped.size, world.wakes]).toEqual([1, 0]);
  });

  test("wakes with the key that it had once it is paid for, and whoever came meanwhile gets an account", async () => {
    const world = new SmallWorld();
    await world.run();
    const key = world.homes.get("smith.family");
    const born = { ...smith.people[0], id: "per_9", given: "Ida", part: "ida", runsHome: false } as Dweller;
    const people = [...smith.people, born];
    expect(await world.run("present", heal, { ...resting, people })).toEqual(allSettled);
    expect(world.accounts).not.toContain("@ida:smith.family");
    expect(await world.run("present", heal, { ...smith, people })).toEqual(allSettled);
    expect(world.stopped.size).toBe(0);
    expect(world.homes.get("smith.family")).toBe(key);
    expect(world.accounts).toContain("@ida:smith.family");
  });

  test("is taken down like any other", async () => {
    const world = new SmallWorld();
    await world.run();
    await world.run("present", heal, resting);
    await world.runUntilQuiet("gone", resting);
    expect(world.homes.size).toBe(0);
  });
});

/** Two tries, of which the first took effect late; the registry says taken, and the registrar lists nothing yet. */
async function givenUpAndTaken(): Promise<SmallWorld> {
  const world = new SmallWorld();
  world.visible = false;
  world.plan("register", "lost-before", "late");
  await world.run();
  await world.run();
  world.clock.pass(61);
  expect(await world.run()).toMatchObject({ domain: "waiting: not-visible-yet" });
  world.clock.pass(61);
  expect(await world.run()).toMatchObject({ domain: "waiting: not-visible-yet" });
  return world;
}

describe("A purchase", () => {
  test.each<Mishap>(["lost-after", "crash-after"])(
    "whose answer is lost after it was made (%s) is never made twice",
    async (mishap) => {
      const world = new SmallWorld();
      world.plan("register", mishap);
      await world.run();
      expect(await world.runUntilQuiet()).toEqual(allSettled);
      expect(world.purchases).toBe(1);
    },
  );

  test.each<Mishap>(["lost-before", "crash-before"])(
    "whose answer is lost before it was made (%s) is tried once more after two looks a minute apart",
    async (mishap) => {
      const world = new SmallWorld();
      world.plan("register", mishap);
      await world.run();
      expect(await world.run()).toMatchObject({ domain: "waiting: doubt" });
      world.clock.pass(30);
      expect(await world.run()).toMatchObject({ domain: "waiting: doubt" });
      expect(world.writes.filter((one) => one === "register")).toHaveLength(1);
      world.clock.pass(31);
      expect(await world.run()).toEqual(allSettled);
      expect(world.purchases).toBe(1);
    },
  );

  test("in doubt twice goes to a person and stays there", async () => {
    const world = new SmallWorld();
    world.plan("register", "lost-before", "lost-before");
    expect(await world.runUntilQuiet()).toMatchObject({ domain: "blocked: doubt-twice" });
    expect(world.writes.filter((one) => one === "register")).toHaveLength(2);
    expect(world.purchases).toBe(0);
  });

  test("that the registrar is slow to list is not repeated", async () => {
    const world = new SmallWorld();
    world.visible = false;
    await world.run();
    world.clock.pass(120);
    expect(await world.run()).toMatchObject({ domain: "waiting: not-visible-yet" });
    expect(world.purchases).toBe(1);
    world.visible = true;
    expect(await world.run()).toEqual(allSettled);
  });

  test("that was refused is not repeated", async () => {
    const world = new SmallWorld();
    world.plan("register", "refuse");
    expect(await world.run()).toMatchObject({ domain: "blocked: refused" });
    expect(await world.run()).toMatchObject({ domain: "blocked: refused" });
    expect(world.writes.filter((one) => one === "register")).toHaveLength(1);
  });

  test("that is refused because an earlier one took effect after all is seen at once, and made no third time", async () => {
    const world = new SmallWorld();
    world.plan("register", "lost-before", "late");
    await world.run();
    await world.run();
    world.clock.pass(61);
    expect(await world.run()).toEqual(allSettled);
    expect(world.writes.filter((one) => one === "register")).toHaveLength(2);
    expect(world.purchases).toBe(1);
  });

  test("that may be ours although it was given up is not called lost: we wait for it to be listed", async () => {
    const world = await givenUpAndTaken();
    world.visible = true;
    expect(await world.run()).toEqual(allSettled);
    expect(world.purchases).toBe(1);
  });

  test("that may be ours and is not listed for an hour goes to a person, and is lost only after that person looked", async () => {
    const world = await givenUpAndTaken();
    world.clock.pass(3601);
    expect(await world.run()).toMatchObject({ domain: "blocked: doubt-twice" });
    world.journal.clear("domain");
    expect(await world.run()).toMatchObject({ domain: "blocked: name-lost" });
  });

  test("that is refused because somebody else was a moment faster is a lost name", async () => {
    const world = new SmallWorld();
    world.plan("register", "refuse");
    const hands = world.hands();
    const { register } = hands.registrar;
    const run = world.run.bind(world);
    world.hands = () => ({
      ...hands,
      registrar: {
        ...hands.registrar,
        register: (name, registrant) => {
          world.available = "taken";
          return register(name, registrant);
        },
      },
    });
    expect(await run()).toMatchObject({ domain: "blocked: name-lost" });
  });

  test("that the registrar asked to slow down for is simply made later", async () => {
    const world = new SmallWorld();
    world.plan("register", "slow-down");
    expect(await world.run()).toMatchObject({ domain: "waiting: unreachable" });
    expect(await world.run()).toEqual(allSettled);
  });

  test.each([
    [
      "at a higher price than quoted",
      { price: { currency: "USD", registration: "18.00", renewal: "17.80" } },
      smith,
      "price-changed",
    ],
    ["of a name somebody else took", { available: "taken" as const }, smith, "name-lost"],
    ["of a rare name", { available: "premium" as const }, smith, "name-lost"],
    ["above the cap", {}, { ...smith, quoted: { currency: "USD", registration: "90", renewal: "90" } }, undefined],
    ["with a card at risk", {}, { ...smith, card: { risk: "elevated" as const, namesToday: 1 } }, "card-risk"],
    [
      "with a card that bought many names today",
      {},
      { ...smith, card: { risk: "normal" as const, namesToday: 4 } },
      "card-limit",
    ],
  ])("%s is not made without a person's yes", async (_, differs, tenant, code) => {
    const world = Object.assign(new SmallWorld(), differs);
    if (code === undefined) world.price = { currency: "USD", registration: "90", renewal: "90" };
    expect(await world.run("present", undefined, tenant)).toMatchObject({ domain: `blocked: ${code ?? "above-cap"}` });
    expect(world.purchases).toBe(0);
  });

  test("that a person approved is made although the card is at risk", async () => {
    const world = new SmallWorld();
    const tenant = { ...smith, approvedPrice: world.price, card: { risk: "elevated" as const, namesToday: 9 } };
    expect(await world.run("present", undefined, tenant)).toEqual(allSettled);
  });

  test.each([
    ["registration", { currency: "USD", registration: "90.00", renewal: "17.80" }],
    ["renewal", { currency: "USD", registration: "17.80", renewal: "90.00" }],
    ["currency", { currency: "EUR", registration: "17.80", renewal: "17.80" }],
  ])("that a person approved is held back again when its %s has changed since", async (_, price) => {
    const world = new SmallWorld();
    const tenant = { ...smith, approvedPrice: world.price };
    world.price = price;
    expect(await world.run("present", undefined, tenant)).toMatchObject({ domain: "blocked: price-changed" });
    expect(world.purchases).toBe(0);
  });

  test("turns auto-renew on where it is off", async () => {
    const world = new SmallWorld();
    world.registered.set("smith.family", { autoRenew: false });
    expect(await world.run()).toEqual(allSettled);
    expect(world.registered.get("smith.family")).toEqual({ autoRenew: true });
    expect(world.purchases).toBe(0);
  });
});

describe("A finished home", () => {
  test("is repaired when a record was deleted", async () => {
    const world = new SmallWorld();
    await world.run();
    world.lines = world.lines.slice(1);
    expect(await world.run("present", heal)).toEqual(allSettled);
  });

  test("is only looked at, without a write, when nothing may be changed", async () => {
    const world = new SmallWorld();
    await world.run();
    world.lines = [];
    const before = world.writes.length;
    expect(await world.run("present", lookOnly)).toMatchObject({ records: "changes" });
    expect(world.writes).toHaveLength(before);
  });

  test("never buys its name again by itself", async () => {
    const world = new SmallWorld();
    await world.run();
    world.registered.clear();
    expect(await world.run("present", heal)).toMatchObject({ domain: "changes" });
    expect(await world.run()).toMatchObject({ domain: "blocked: vanished" });
    expect(world.purchases).toBe(1);
  });

  test("leaves a stranger's record alone and says so", async () => {
    const world = new SmallWorld();
    world.lines = [{ id: "theirs", type: "A", name: "smith.family", content: "198.51.100.4", ours: false }];
    expect(await world.run()).toMatchObject({ records: "blocked: theirs" });
    expect(world.lines).toEqual([
      { id: "theirs", type: "A", name: "smith.family", content: "198.51.100.4", ours: false },
    ]);
  });

  test("that is no longer wanted is taken down in order; its name stays registered, with what its owner wrote into the zone", async () => {
    const world = new SmallWorld();
    world.lines = [{ id: "mx", type: "MX", name: "smith.family", content: "mail.example", ours: false }];
    await world.run();
    const built = world.writes.length;
    await world.run("gone");
    const taken = world.writes.slice(built);
    expect(taken.indexOf("withdraw")).toBeLessThan(taken.indexOf("delete-record"));
    expect(taken.indexOf("delete-record")).toBeLessThan(taken.indexOf("remove-home"));
    expect(taken).not.toContain("delete-zone");
    expect(world.registered.has("smith.family")).toBe(true);
    expect(world.lines.map((line) => line.id)).toEqual(["mx"]);
  });

  test("whose zone was removed is gone, though the answer to that was lost", async () => {
    const world = new SmallWorld();
    await world.run();
    world.registered.clear(); // the name has left
    world.plan("delete-zone", "lost-after");
    expect(await world.runUntilQuiet("gone")).toEqual(allSettled);
  });
});

describe("In any world", () => {
  const calls = ["register", "auto-renew", "zone", "record", "publish", "key", "home", "account"];
  const mishap = fc.constantFrom<Mishap>(
    "refuse",
    "lost-before",
    "lost-after",
    "slow-down",
    "crash-before",
    "crash-after",
  );
  const plan = fc.dictionary(fc.constantFrom(...calls), fc.array(mishap, { maxLength: 3 }));
  const start = fc.record({
    visible: fc.boolean(),
    available: fc.constantFrom("available", "taken", "premium" as const),
    owned: fc.boolean(),
    zone: fc.boolean(),
    foreign: fc.boolean(),
    home: fc.boolean(),
  });

  test("at most one purchase is made, and once the world is quiet a further run writes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(plan, start, async (mishaps, from) => {
        const world = new SmallWorld();
        world.visible = from.visible;
        world.available = from.available as SmallWorld["available"];
        if (from.owned) world.registered.set("smith.family", { autoRenew: false });
        if (from.zone) world.zones.set("smith.family", "zone-1");
        if (from.foreign)
          world.lines.push({
            id: "theirs",
            type: "CNAME",
            name: "www.smith.family",
            content: "shop.example",
            ours: false,
          });
        if (from.home) world.homes.set("smith.family", "ed25519:a_unknown");
        for (const [call, list] of Object.entries(mishaps)) world.plan(call, ...list);
        await world.runUntilQuiet();
        world.mishaps.clear();
        await world.runUntilQuiet();
        const before = world.writes.length;
        await world.run();
        expect(world.writes).toHaveLength(before);
        expect(world.purchases).toBeLessThanOrEqual(1);
        if (from.foreign) expect(world.lines.some((line) => line.id === "theirs")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
