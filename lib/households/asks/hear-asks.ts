import { secondsAfter } from "@/lib/clock.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import type { HomeAsk } from "@/lib/provisioning/ports.ts";
import { isMatrixId } from "@/lib/tenants/rule-shape.ts";
import type { World } from "@/lib/world.ts";
import { askParents } from "../tell-parents.ts";
import { answerByRules, type Ruled } from "./question.ts";

/**
 * Letters about one child in an hour. Whoever moves house asks for a handful of people at once; a stranger who asks from a hundred
 * servers fills the page, to which each letter leads, and no mailbox.
 */
const mostLetters = 5;
const hourSeconds = 3600;
/** A room's name is its maker's, and may be as long as they like. */
const longestName = 255;

/** Writes down the questions of this child that are not here yet, and letters to its parents. Heard twice they are heard once. */
export async function hearAsks(
  world: World,
  home: Pick<Tenant, "id">,
  ruled: Ruled,
  there: readonly HomeAsk[],
): Promise<void> {
  const { db, ids, clock, ring } = world;
  const child = ruled.person;
  const known = await db.ask.findMany({ where: { personId: child.id }, select: { who: true, room: true } });
  const fresh = there.filter(
    // No rule could name anybody else.
    ({ who, room }) => isMatrixId(who) && !known.some((one) => one.who === who && one.room === room),
  );
  if (fresh.length === 0) return;
  const isTold = await db.$transaction(async (tx) => {
    // The lock: of two workers one counts the letters of both.
    await tx.$queryRaw`SELECT 1 FROM "Person" WHERE "id" = ${child.id} FOR UPDATE`;
    const heardAt = clock.now();
    const since = { gt: secondsAfter(heardAt, -hourSeconds) };
    const before = await tx.ask.count({ where: { personId: child.id, heardAt: since } });
    const heard = await tx.ask.createManyAndReturn({
      data: fresh.map(({ kind, who, room, roomName, askedAt }) => ({
        ...{ id: ids.id("ask"), tenantId: home.id, personId: child.id, kind, who, room, askedAt, heardAt },
        roomName: roomName?.slice(0, longestName) ?? null,
      })),
      skipDuplicates: true,
    });
    const open = heard.filter(({ who }) => answerByRules(ruled, who) === null);
    const told = open.slice(0, Math.max(0, mostLetters - before));
    for (const { id: askId } of told)
      await askParents(tx, world, home.id, { cause: `ask:${askId}`, kind: "ask", values: { askId } });
    return told.length > 0;
  });
  if (isTold) await ring({ kind: "mail" });
}
