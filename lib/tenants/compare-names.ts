import { daysAfter, secondsAfter } from "@/lib/clock.ts";
import type { Db, Tx } from "@/lib/db.ts";
import type { Cursor } from "@/lib/generated/prisma/client.ts";
import type { Registrar } from "@/lib/provisioning/ports.ts";
import type { World } from "@/lib/world.ts";

/** A name that is lost or forgotten stays so for days; the list costs at most ten calls (an account holds 500 names). */
const everySeconds = 86_400;
/** After a look that failed. */
const againSeconds = 3600;
/** A registrar may list late what it sold; one that was settled for so long is listed. */
const settledDays = 1;

export interface NameTools extends World {
  readonly registrar: Registrar;
  routineWait?(): Promise<number>;
}

/**
 * Compares the registrar's list of names with the homes, and writes the difference down for the staff's alerts
 * (lib/staff/wanted-alerts.ts). It only reads there: what was bought is kept, and what is missing is not bought again.
 */
export async function compareNames(tools: NameTools): Promise<void> {
  const { db, clock, registrar } = tools;
  const now = clock.now();
  const cursor = await db.cursor.findUnique({ where: { name: "names" } });
  if (cursor && cursor.lookedAt > secondsAfter(now, -everySeconds)) return;
  // Of a budget that is nearly used the list takes nothing: it comes with a later round.
  if (((await tools.routineWait?.()) ?? 0) > 0) return;
  try {
    const listed = await registrar.listNames();
    // Ours are read after the list: whatever is bought has its home's row before.
    const found = await differences(db, listed, now);
    await db.$transaction(async (tx) => {
      if (await reached(tx, cursor, now)) await writeDown(tx, found, now);
    });
  } catch (error) {
    await db.$transaction((tx) => reached(tx, cursor, secondsAfter(now, againSeconds - everySeconds)));
    throw error;
  }
}

/** Says when the last look was; false when another worker's look was written down meanwhile. */
async function reached(tx: Tx, before: Cursor | null, lookedAt: Date): Promise<boolean> {
  const look = { at: lookedAt, lookedAt };
  const { count } = before
    ? await tx.cursor.updateMany({ where: { name: "names", lookedAt: before.lookedAt }, data: look })
    : await tx.cursor.createMany({ data: [{ name: "names", ...look }], skipDuplicates: true });
  return count > 0;
}

interface Difference {
  readonly name: string;
  readonly what: "unknown" | "missing";
}

async function differences(db: Db, listed: readonly string[], now: Date): Promise<Difference[]> {
  const [known, homes] = await Promise.all([
    db.tenant.findMany({ where: { name: { in: [...listed] } }, select: { name: true } }),
    db.tenant.findMany({
      where: boughtFor(daysAfter(now, -settledDays)),
      select: { name: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    }),
  ]);
  const [ours, theirs] = [new Set(known.map(({ name }) => name)), new Set(listed)];
  return [
    ...listed.filter((name) => !ours.has(name)).map((name) => ({ name, what: "unknown" as const })),
    ...homes.filter(({ name }) => !theirs.has(name)).map(({ name }) => ({ name, what: "missing" as const })),
  ];
}

/** Homes whose name was there at the last look of their own, and has been since then. One that left with its family is not missed. */
const boughtFor = (since: Date) => ({
  want: "present",
  nameLeftAt: null,
  steps: { some: { step: "domain", want: "present", state: "settled", changedAt: { lte: since } } },
});

async function writeDown(tx: Tx, found: readonly Difference[], now: Date): Promise<void> {
  await tx.nameDifference.deleteMany({ where: { NOT: { OR: found.map((one) => ({ ...one })) } } });
  for (const { name, what } of found)
    await tx.nameDifference.upsert({
      where: { name },
      create: { name, what, looks: 1, firstSeenAt: now },
      update: { looks: { increment: 1 } },
    });
}
