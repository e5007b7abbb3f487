import type { EndWish } from "@/lib/billing/newest-wish.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Member } from "@/lib/households/access.ts";
import { answerNameYear } from "@/lib/households/answer-name-year.ts";
import { changeBill } from "@/lib/households/change-bill.ts";
import { markLeft } from "@/lib/households/note-left.ts";
import { keepHome, withdraw } from "@/lib/households/withdraw.ts";
import type { Family } from "./family.ts";
import { goOn } from "./go-on.ts";
import { payerOf } from "./payer.ts";
import type { MoneyStage } from "./stage.ts";

const day = 86_400;

/** Whoever runs the home, as signed in. Who has no home has no such page. */
export async function ownerOf({ world }: MoneyStage, { orderId }: Family): Promise<Member | undefined> {
  const { db } = world.database;
  const tenant = await db.tenant.findFirst({ where: { orderId, want: "present" } });
  if (!tenant) return undefined;
  const who = { userId: orderId, tenantId: tenant.id };
  await db.membership.createMany({
    data: [{ ...who, role: "owner", since: world.clock.now() }],
    skipDuplicates: true,
  });
  return who;
}

/** By its own page. Whose bill has ended, or whose fourteen days are over, is told so. */
export async function press({ dice }: MoneyStage, work: () => Promise<unknown>): Promise<void> {
  for (let presses = dice.between(1, 2); presses > 0; presses--)
    await work().catch((error: unknown) => {
      if (!(error instanceof NameplateError)) throw error;
    });
}

/** Stops at the end of what is paid or at once, or goes on after all. */
export async function wish(stage: MoneyStage, family: Family, kind: EndWish): Promise<void> {
  const who = await payerOf(stage.world, await family.order());
  if (who) await press(stage, () => changeBill(stage.web, who, { wish: kind, restLabel: "The rest of the year" }));
}

/** A look at the registrar shows that the family has its name elsewhere; months later the bill shows it, too. */
export async function takeNameElsewhere(stage: MoneyStage, { orderId }: Family): Promise<void> {
  const { world, web, dice } = stage;
  const { db } = world.database;
  const home = await db.tenant.findFirst({ where: { orderId, want: "present", nameLeftAt: null } });
  if (!home) return;
  await db.$transaction((tx) => markLeft(tx, web, home.id));
  await goOn(stage, dice.between(0, 400) * day);
}

/** Says yes or no to a dearer year of the name. Whoever was asked nothing is told so. */
export async function answerYear(stage: MoneyStage, family: Family): Promise<void> {
  const who = await payerOf(stage.world, await family.order());
  const { dice, world, web } = stage;
  const next = await world.database.db.nameYear.findFirst({
    where: { orderId: family.orderId },
    orderBy: { year: "desc" },
  });
  if (!who || !next) return;
  const answer = dice.pick(["yes", "no"] as const);
  await press(stage, () => answerNameYear(web, who, { year: next.year, answer }));
}

/** Withdraws, and days later thinks better of it or does not. */
export async function withdrawBy(stage: MoneyStage, family: Family, then: "keep" | "go"): Promise<void> {
  const who = await ownerOf(stage, family);
  if (!who) return;
  await press(stage, () => withdraw(stage.web, who, "The rest of the year"));
  await goOn(stage, stage.dice.between(0, 5) * day);
  if (then === "keep") await press(stage, () => keepHome(stage.web, who));
}
