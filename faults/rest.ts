import { tryAgain } from "@/lib/staff/try-again.ts";
import { tryDeadAgain } from "@/lib/staff/try-dead-again.ts";
import type { Ending, Stage } from "./case.ts";
import { type Broken, judge } from "./judge/judge.ts";
import { evidenceOf } from "./world/evidence.ts";
import type { Life } from "./world/life.ts";
import { oneOfTheStaff } from "./world/staff.ts";
import type { SimWorld } from "./world/world.ts";

/** A buyer whose name was lost has the money back after three days at the latest; a day more, and nothing is left to happen. */
const longestSeconds = 4 * 86_400;

/** Nothing goes wrong any more: what is due is done, and four days pass. */
export async function calm({ world, life, note }: Stage): Promise<void> {
  world.fate = async () => undefined;
  world.homeFaults.clear();
  world.vendors.stripeFaults.clear();
  world.vendors.cloudflareFaults.clear();
  note({ what: "calm", rounds: await life.untilQuiet() });
  world.clock.pass(longestSeconds);
  await life.untilQuiet();
}

export async function judged(world: SimWorld, life: Life, noted: readonly object[]): Promise<string[]> {
  const broken: readonly Broken[] = await judge(
    world.database.db,
    await evidenceOf(world, { shown: life.shown, noted }),
  );
  return broken.map(({ invariant, rows }) => `${invariant}: ${rows.join(" ")}`);
}

const reason = "The vendor's pages show nothing wrong";

/** What waits for a person: one of the staff looks and tries again. Nothing may be left over then. */
export async function afterStaff(stage: Stage, noted: readonly object[]): Promise<string[]> {
  const { world, life } = stage;
  const who = await oneOfTheStaff(world);
  const web = world.web();
  const waiting = await world.database.db.tenant.findMany({
    where: { steps: { some: { state: "blocked" } } },
    orderBy: { id: "asc" },
  });
  for (const { id } of waiting) await tryAgain(web, who, { tenantId: id, reason });
  for (const alert of await web.db.alert.findMany({ where: { open: { not: null } }, orderBy: { id: "asc" } }))
    if (alert.about !== "step" && alert.about !== "late") await tryDeadAgain(web, who, { alertId: alert.id, reason });
  await calm(stage);
  const why = await judged(world, life, noted);
  const endings = await endingsOf(world);
  return endings.includes("attention") ? [...why, "it still waits for a person after one tried again"] : why;
}

export async function endingsOf({ database }: SimWorld): Promise<Ending[]> {
  const orders = await database.db.order.findMany({
    orderBy: { id: "asc" },
    include: { tenants: { orderBy: { createdAt: "asc" }, include: { steps: true } } },
  });
  return orders.map(({ state, tenants }): Ending => {
    if (state === "refunded") return "refunded";
    if (state === "lost") return "lost";
    if (state === "draft" || state === "checkout" || state === "expired") return "unpaid";
    const last = tenants.at(-1);
    const settled = last?.steps.length === 8 && last.steps.every((step) => step.state === "settled");
    return settled && state === "paid" ? "ready" : "attention";
  });
}
