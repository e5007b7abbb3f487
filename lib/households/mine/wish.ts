import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import { alwaysContactIds, rulesOf, standingParents } from "@/lib/tenants/household-of.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { answerByRules, isContact, type Ruled } from "../asks/question.ts";
import { heldChild } from "../rules/child-of.ts";
import { readMatrixId } from "../rules/read-matrix-id.ts";
import { askParents } from "../tell-parents.ts";
import { type Mine, mineOf } from "./mine-of.ts";

export interface Wished {
  /** As the child typed it. */
  readonly who: string;
  /** Who that is, in the child's words; may be empty. */
  readonly words: string;
}

/** A parent's "not now" is for today: after that the child may ask once more. */
const laterDays = 1;
/** Questions of one child that nobody has answered: more than a parent reads. */
const mostOpen = 20;

const refused = (why: string, say: Said) => new NameplateError("bad-input", why, say);

/**
 * A child asks to write to somebody: a question to its parents like the one that its app makes, with its own words. Asked again it is the
 * same question. What the rules say already is said to the child at once.
 */
export async function wish(world: World, secret: string | undefined, { who: typed, words }: Wished): Promise<void> {
  const { value: who, wrong } = readMatrixId(typed);
  if (wrong) throw refused("No Matrix id", { key: "mine.errors.who" });
  await world.db.$transaction(async (tx) => {
    const mine = await mineOf({ db: tx, clock: world.clock }, secret);
    const child = await heldChild(tx, mine.person);
    if (child.kind !== "child") throw new NameplateError("not-found", "Nobody decides for an adult");
    const parents = await alwaysOf(tx, mine);
    mayBeAsked({ person: child, rules: rulesOf(child), parents }, who, mine.home.name);
    await keep(tx, world, mine, { who, words });
  });
  await world.ring({ kind: "mail" });
}

/** Whole Matrix ids of who can always be written to. */
async function alwaysOf(tx: Tx, { home }: Mine): Promise<readonly string[]> {
  const people = await tx.person.findMany({ where: { tenantId: home.id, ...livesThere } });
  const parents = await tx.parent.findMany({
    where: { tenantId: home.id, ...standingParents },
    include: { person: true },
  });
  return alwaysContactIds(home.name, people, parents);
}

function mayBeAsked(child: Ruled, who: string, home: string): void {
  const { part } = child.person;
  if (who === `@${part}:${home}`) throw refused("The child itself", { key: "mine.errors.yourself" });
  if (isContact(child, who, home)) throw refused("A contact already", { key: "mine.errors.known" });
  if (child.rules.stranger === "allow") throw refused("The child decides", { key: "mine.errors.yours" });
  if (answerByRules(child, who) === "never") throw refused("Never", { key: "mine.errors.never" });
}

async function keep(tx: Tx, world: World, { home, person }: Mine, { who, words }: Wished): Promise<void> {
  const now = world.clock.now();
  const key = { personId: person.id, who, room: "" };
  const before = await tx.ask.findUnique({ where: { personId_who_room: key } });
  if (before && !before.answer) {
    await tx.ask.update({ where: { id: before.id }, data: { words } });
    return;
  }
  if (before?.answer === "later" && before.answeredAt && before.answeredAt > daysAfter(now, -laterDays))
    throw refused("Asked a moment ago", { key: "mine.errors.later" });
  const open = await tx.ask.count({ where: { personId: person.id, kind: "wanted", answer: null } });
  if (open >= mostOpen) throw refused("Too many are open", { key: "mine.errors.full" });
  const asked = { words, askedAt: now, heardAt: now };
  const again = { answer: null, answeredAt: null, answeredBy: null, handedAt: null, doneAt: null };
  const id = before?.id ?? world.ids.id("ask");
  if (before) await tx.ask.update({ where: { id }, data: { ...asked, ...again } });
  else await tx.ask.create({ data: { ...key, ...asked, id, tenantId: home.id, kind: "wanted" } });
  const cause = before ? `ask:${id}:${now.getTime()}` : `ask:${id}`;
  await askParents(tx, world, home.id, { cause, kind: "ask", values: { askId: id } });
}
