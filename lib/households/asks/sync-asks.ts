import { secondsAfter } from "@/lib/clock.ts";
import type { Ask, ChildRule, Person, Tenant } from "@/lib/generated/prisma/client.ts";
import type { AskAnswer, HomeAsk, HomeAsks } from "@/lib/provisioning/ports.ts";
import { alwaysContactIds, newestRuleFirst, rulesOf, standingParents } from "@/lib/tenants/household-of.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { hearAsks } from "./hear-asks.ts";
import { answerByRules, answerOf, isAllowed, questionsOf, type Ruled } from "./question.ts";

/** The host says when a home has a question (workers/ring-for-home.ts); so often it is asked whether one was missed. */
const lookSeconds = 1800;

interface Tools extends World {
  readonly asks: HomeAsks;
}
/**
 * Brings the home's questions here and the parents' answers there. May be called at any time, by any number of workers. A home
 * that sleeps is woken for an answer alone.
 */
export async function syncAsks(tools: Tools, tenantId: string): Promise<void> {
  const { db, clock, asks } = tools;
  const home = await db.tenant.findFirst({
    where: { id: tenantId, want: "present", readyAt: { not: null }, restsSince: null },
    include: {
      people: { where: livesThere, include: { rules: { orderBy: newestRuleFirst, take: 1 } } },
      parents: { where: standingParents, include: { person: true } },
    },
  });
  const children = home ? ruledOf(home, home.parents) : [];
  if (!home || children.length === 0) return;
  const owed = await db.ask.count({
    where: { tenantId, answer: { not: null }, handedAt: null, person: livesThere },
  });
  const there = await asks.list(home.name, owed > 0 ? "wake" : "leave");
  if (there && there.length + owed > 0) {
    for (const child of children) {
      const asked = there.filter((one) => one.child === child.person.part);
      await hearAsks(tools, home, child, asked);
      await settleByRules(tools, child);
    }
    const { handed, why } = await handOver(tools, home.name, children, there);
    // Seen again, and not taken from what was answered.
    await noteSeen(tools, children, handed > 0 ? ((await asks.list(home.name, "wake")) ?? there) : there);
    if (why.length > 0) throw why[0];
  }
  // An answer that came meanwhile has set the time anew.
  await db.tenant.updateMany({
    where: { id: tenantId, nextAsksAt: home.nextAsksAt },
    data: { nextAsksAt: secondsAfter(clock.now(), lookSeconds) },
  });
}

type Home = Pick<Tenant, "name"> & { readonly people: readonly (Person & { readonly rules: readonly ChildRule[] })[] };

/** The children of a home, each with what holds for it. */
function ruledOf(home: Home, parents: Parameters<typeof alwaysContactIds>[2]): readonly Ruled[] {
  const always = alwaysContactIds(home.name, home.people, parents);
  const children = home.people.filter(({ kind }) => kind === "child");
  return children.map((person) => ({ person, rules: rulesOf(person), parents: always }));
}

/** Where a parent decided among the rules meanwhile, that is the answer: whoever is a contact is let in. */
async function settleByRules({ db, clock }: Tools, ruled: Ruled): Promise<void> {
  const open = { personId: ruled.person.id, OR: [{ answer: null }, { answer: "later" }] };
  for (const { id, who } of await db.ask.findMany({ where: open })) {
    const answer = answerByRules(ruled, who);
    if (!answer) continue;
    const settled = { answer, answeredAt: clock.now(), answeredBy: null, handedAt: null };
    await db.ask.updateMany({ where: { ...open, id }, data: settled });
  }
}

/** Each answer that the home has otherwise or not at all. One that it does not take holds up no other. */
async function handOver(
  { db, asks }: Tools,
  name: string,
  children: readonly Ruled[],
  there: readonly HomeAsk[],
): Promise<{ readonly handed: number; readonly why: readonly unknown[] }> {
  const why: unknown[] = [];
  let handed = 0;
  for (const child of children) {
    const { person } = child;
    const rows = await db.ask.findMany({
      where: { personId: person.id },
      orderBy: [{ askedAt: "asc" }, { id: "asc" }],
    });
    for (const question of questionsOf(rows)) {
      const [{ who }] = question;
      const answer = answerFor(question, child);
      if (!answer || !there.some((one) => one.child === person.part && one.who === who && isOpen(one, answer)))
        continue;
      handed += 1;
      await asks.answer(name, { child: person.part, who, answer }).catch((error: unknown) => why.push(error));
    }
  }
  return { handed, why };
}

/** Whether the home has it otherwise, or has let nobody in yet: another server may have been away. */
const isOpen = (asked: HomeAsk, answer: AskAnswer): boolean =>
  asked.answer !== answer || (answer === "allow" && asked.doneAt === null);

/** What the home is told. A yes that the rules took back since is none; of one that is open in another room nothing is told yet. */
function answerFor(question: readonly Ask[], child: Ruled): AskAnswer | null {
  const answer = answerOf(question);
  return answer === "allow" && !isAllowed(child, question[0]?.who ?? "") ? "later" : answer;
}

/** What the home was seen to have: an answer, and a child in its room. A home that was set back has forgotten the question. */
async function noteSeen({ db, clock }: Tools, children: readonly Ruled[], there: readonly HomeAsk[]): Promise<void> {
  const now = clock.now();
  for (const child of children) {
    const { person } = child;
    const rows = await db.ask.findMany({ where: { personId: person.id, OR: [{ handedAt: null }, { doneAt: null }] } });
    for (const row of rows) {
      const seen = there.find((one) => one.child === person.part && one.who === row.who && one.room === row.room);
      const has = row.answer !== null && (!seen || seen.answer === answerFor([row], child));
      const [handedAt, doneAt] = [row.handedAt ?? (has ? now : null), row.doneAt ?? seen?.doneAt ?? null];
      if (handedAt?.getTime() === row.handedAt?.getTime() && doneAt?.getTime() === row.doneAt?.getTime()) continue;
      // Of the answer that was read: another one since is not handed over.
      await db.ask.updateMany({ where: { id: row.id, answer: row.answer }, data: { handedAt, doneAt } });
    }
  }
}
