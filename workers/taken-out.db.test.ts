import { describe, expect, test } from "vitest";
import { minorOf } from "@/lib/billing/money.ts";
import { daysAfter } from "@/lib/clock.ts";
import { describeAsks } from "@/lib/households/asks/describe-asks.ts";
import { cardToken } from "@/lib/households/card-secret.ts";
import { describeHome } from "@/lib/households/describe-home.ts";
import { forgetTakenOut } from "@/lib/households/forget-taken-out.ts";
import { lookAtCard } from "@/lib/households/look-at-card.ts";
import { readNewPerson } from "@/lib/households/read-new-person.ts";
import { renewCard } from "@/lib/households/renew-card.ts";
import { describeRules } from "@/lib/households/rules/describe-rules.ts";
import { showPage } from "@/lib/households/show-page.ts";
import { readTenant } from "@/lib/tenants/read-tenant.ts";
import { testLetters } from "./letters/test-letters.ts";
import { billTests } from "./test-bills.ts";
import { child, termsFamily } from "./test-terms.ts";

const { clock, world, db, stripe, worker } = await billTests();

const day = 86_400;
const letter = testLetters(world);
const family = (others?: number) => termsFamily({ world, clock, stripe, worker }, others);
const typed = { key: "k", given: "Carla", part: "carla", kind: "adult", email: "", age: "" };

describe("A family that takes somebody out who has moved in", () => {
  test("pays less where they cost something, as it was shown, and both are written to", async () => {
    const smith = await family(6);
    const ben = await smith.movesIn("ben5");
    const id = await smith.ask({ kind: "out", personId: ben.id });
    await smith.work();
    const view = await smith.view(id);
    expect(view).toMatchObject({ state: "shown", heads: 6, out: [{ given: "Ben 5", movedIn: true }] });
    expect(view.bill && minorOf(view.bill.each)).toBe(625);
    await smith.confirm(id);
    expect(await smith.people()).toContain("ben5");
    await expect(smith.ask({ kind: "back", personId: ben.id })).rejects.toMatchObject({
      say: { key: "family.terms.notNow.changing" },
    });
    await smith.work();
    expect(await smith.person("ben5")).toMatchObject({ takenOutAt: expect.any(Date), goneAt: null, given: "Ben 5" });
    expect(await smith.people()).not.toContain("ben5");
    expect(await smith.quote()).toEqual(["family", 450, 625]);
    const { people, takenOut } = await describeHome(world, smith.who);
    expect([people.length, takenOut.map(({ part }) => part)]).toEqual([6, ["ben5"]]);
    const until = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
      daysAfter(clock.now(), 30),
    );
    const told = await smith.told(id);
    expect(told?.subject).toBe(`Ben 5 was taken out of ${smith.order.name}`);
    expect(told?.text).toContain(`Until ${until} you can bring Ben 5 back`);
    const theirs = await db.mail.findFirstOrThrow({ where: { kind: "taken-out", to: ben.email ?? "" } });
    const letters = await letter("taken-out", theirs.values);
    expect(letters?.text).toContain(`You can no longer sign in as @ben5:${smith.order.name}`);
    expect(letters?.text).toContain(`Until ${until} Anna can bring you back`);
  });

  test("finds no card of theirs that works, and makes no new one", async () => {
    const smith = await family();
    const ben = await smith.movesIn("ben0");
    const used = await db.card.findFirstOrThrow({ where: { personId: ben.id } });
    await renewCard(world, smith.who, { personId: ben.id, insteadOf: used.id });
    const newer = await db.card.findFirstOrThrow({ where: { personId: ben.id, usedAt: null } });
    await smith.want({ kind: "out", personId: ben.id });
    expect((await smith.person("ben0")).takenOutAt).not.toBeNull();
    for (const { id } of [used, newer]) expect(await lookAtCard(world, cardToken(world.linkKey, id))).toBeUndefined();
    await expect(renewCard(world, smith.who, { personId: ben.id, insteadOf: newer.id })).rejects.toMatchObject({
      kind: "not-found",
    });
    await expect(showPage(world, smith.who, { personId: ben.id, page: true })).rejects.toMatchObject({
      kind: "not-found",
    });
  });

  test("takes them out once, whoever presses in two windows", async () => {
    const smith = await family();
    const ben = await smith.movesIn("ben0");
    const [first, second] = [
      await smith.ask({ kind: "out", personId: ben.id }),
      await smith.ask({ kind: "out", personId: ben.id }),
    ];
    await expect(smith.confirm(first)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    await Promise.all([smith.confirm(second), smith.confirm(second)]);
    const { takenOutAt } = await smith.person("ben0");
    await expect(smith.ask({ kind: "out", personId: ben.id })).rejects.toMatchObject({
      say: { key: "family.terms.changedMeanwhile" },
    });
    clock.push(60);
    await smith.confirm(second);
    expect((await smith.person("ben0")).takenOutAt).toEqual(takenOutAt);
    expect(await db.mail.count({ where: { kind: "taken-out", to: ben.email ?? "" } })).toBe(1);
  });

  test("changes nothing when the home is taken down meanwhile", async () => {
    const smith = await family();
    const ben = await smith.movesIn("ben0");
    const id = await smith.ask({ kind: "out", personId: ben.id });
    await db.tenant.update({ where: { id: smith.who.tenantId }, data: { want: "gone", holds: null } });
    await expect(smith.confirm(id)).rejects.toMatchObject({ kind: "not-found" });
    expect((await smith.person("ben0")).takenOutAt).toBeNull();
  });

  test("keeps what holds for a child in its home, and asks nothing about it", async () => {
    const smith = await family();
    const [{ id: personId }, { tenantId }] = [await smith.movesIn("ben0", "child"), smith.who];
    const asked = {
      kind: "invited",
      who: "@ruth:ruth.example",
      room: "!r",
      askedAt: clock.now(),
      heardAt: clock.now(),
    };
    await db.ask.create({ data: { id: world.ids.id("ask"), tenantId, personId, ...asked } });
    const children = async () =>
      (await readTenant(world, tenantId))?.tenant.household?.children.map(({ who }) => who) ?? [];
    await smith.want({ kind: "out", personId });
    expect([await children(), await describeAsks(world, smith.who)]).toEqual([["ben0", "ben1"], []]);
    expect((await describeRules(world, smith.who)).map(({ given }) => given)).toEqual(["Ben 1"]);
    await smith.want({ kind: "back", personId });
    expect(await describeAsks(world, smith.who)).toHaveLength(1);
    expect((await describeRules(world, smith.who)).map(({ given }) => given)).toEqual(["Ben 0", "Ben 1"]);
    await smith.want({ kind: "out", personId });
    clock.push(30 * day);
    await forgetTakenOut(world);
    expect([await children(), await db.ask.count({ where: { personId } })]).toEqual([["ben1"], 0]);
  });
});

describe("Somebody who was taken out", () => {
  test("comes back within thirty days, at what was shown, and everything of theirs is as it was", async () => {
    const smith = await family(6);
    const ben = await smith.movesIn("ben5");
    await smith.want({ kind: "out", personId: ben.id });
    await smith.work();
    clock.push(20 * day);
    await forgetTakenOut(world);
    expect(await smith.person("ben5")).toMatchObject({ given: "Ben 5", goneAt: null });
    const id = await smith.ask({ kind: "back", personId: ben.id });
    await smith.work();
    const view = await smith.view(id);
    expect(view).toMatchObject({ state: "shown", heads: 7, out: [], back: [{ part: "ben5" }] });
    expect(view.bill && minorOf(view.bill.each)).toBe(700);
    await smith.confirm(id);
    expect(await smith.people()).not.toContain("ben5");
    await smith.work();
    expect(await smith.person("ben5")).toEqual(ben);
    expect(await smith.quote()).toEqual(["family", 525, 700]);
    expect((await smith.told(id))?.text).toContain(`@ben5:${smith.order.name} can sign in again`);
    const theirs = await db.mail.findFirstOrThrow({ where: { kind: "brought-back", to: ben.email ?? "" } });
    expect((await letter("brought-back", theirs.values))?.subject).toBe(`You are back at ${smith.order.name}`);
    expect((await db.card.findFirstOrThrow({ where: { personId: ben.id } })).usedAt).not.toBeNull();
    await expect(smith.ask({ kind: "back", personId: ben.id })).rejects.toMatchObject({
      say: { key: "family.terms.changedMeanwhile" },
    });
  });

  test("comes back though the thirtieth day passes while a worker is about to do it", async () => {
    const smith = await family(6);
    const ben = await smith.movesIn("ben5");
    await smith.want({ kind: "out", personId: ben.id });
    await smith.work();
    clock.push(30 * day - 60);
    const id = await smith.want({ kind: "back", personId: ben.id });
    clock.push(120);
    await forgetTakenOut(world);
    expect(await smith.person("ben5")).toMatchObject({ given: "Ben 5", goneAt: null });
    await smith.work();
    expect((await smith.row(id)).state).toBe("done");
    expect(await smith.person("ben5")).toMatchObject({ takenOutAt: null, goneAt: null });
  });

  test("comes back no more after that, be it that the question was asked before", async () => {
    const smith = await family();
    const ben = await smith.movesIn("ben0");
    await smith.want({ kind: "out", personId: ben.id });
    clock.push(30 * day - 60);
    const id = await smith.ask({ kind: "back", personId: ben.id });
    clock.push(120);
    await expect(smith.confirm(id)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect((await describeHome(world, smith.who)).takenOut).toEqual([]);
    for (const gone of [0, 1]) {
      await expect(smith.ask({ kind: "back", personId: ben.id })).rejects.toMatchObject({
        say: { key: "family.terms.tooLateBack" },
      });
      if (gone === 0) await forgetTakenOut(world);
      expect(await smith.person(ben.part)).toMatchObject({ goneAt: expect.any(Date) });
    }
  });

  test("is forgotten then, wherever they were written down, and the address is nobody else's", async () => {
    const smith = await family();
    const email = `cleo@${smith.order.name}.post.example`;
    const person = { key: "k9", given: "Cleopatra", part: "cleo", kind: "adult", email } as const;
    await smith.want({ kind: "add", person });
    const cleo = await smith.movesIn("cleo");
    const out = await smith.want({ kind: "out", personId: cleo.id });
    const stays = (at: string) => readNewPerson(world, smith.who, { ...typed, part: at });
    expect(await stays("cleo")).toMatchObject({ problems: [{ say: { key: "part.errors.takenOut" } }] });
    await expect(smith.ask(child("cleo"))).rejects.toMatchObject({ kind: "changed-meanwhile" });
    clock.push(30 * day);
    await forgetTakenOut(world);
    const { goneAt } = await smith.person("cleo");
    clock.push(60);
    await forgetTakenOut(world);
    const { id, tenantId, place, createdAt } = cleo;
    expect(await smith.person("cleo")).toEqual({
      ...{ id, tenantId, place, createdAt, part: "cleo", runsHome: false, page: false, goneAt },
      ...{
        takenOutAt: expect.any(Date),
        given: "",
        kind: "gone",
        email: null,
        ageBand: null,
        bornOn: null,
        nextGrowthAt: null,
        eraseAskedAt: null,
        eraseAskedBy: null,
        pageBarredAt: null,
      },
    });
    const { orderId } = smith;
    const rows = [
      await db.order.findMany({ where: { id: orderId }, select: { people: true, typed: true } }),
      await db.billChange.findMany({ where: { orderId }, select: { terms: true } }),
      await db.mail.findMany({ where: { OR: [{ cause: `changed:${out}` }, { to: cleo.email ?? "" }] } }),
      await db.card.findMany({ where: { personId: cleo.id } }),
    ];
    expect(JSON.stringify(rows)).not.toMatch(/Cleopatra|cleo@/);
    expect(await stays("cleo")).toMatchObject({ problems: [{ say: { key: "part.errors.gone" } }] });
    await expect(smith.ask(child("cleo"))).rejects.toMatchObject({ kind: "changed-meanwhile" });
    const { pokedAt } = await db.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    expect(pokedAt && goneAt && pokedAt >= goneAt).toBe(true);
  });
});
