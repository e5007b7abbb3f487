import { askForMoneyBack } from "@/lib/orders/give-up-order.ts";
import { giveBackPayment } from "@/lib/staff/give-back-payment.ts";
import { oneOfTheStaff } from "../world/staff.ts";
import { Family } from "./family.ts";
import { goOn } from "./go-on.ts";
import type { MoneyStage } from "./stage.ts";

/** Cards that pay, one of which is refunded late, one in vain, one disputed at once. */
const cards = {
  good: "4242424242424242",
  refusedLater: "4000000000000341",
  refundedLate: "4000000000007726",
  refundedInVain: "4000000000005126",
  disputed: "4000000000000259",
  inquiry: "4000000000001976",
} as const;

/** A payment page and a worker's first look at it. */
const momentSeconds = 20;
/** Payments that no row knows are looked for every ten minutes; buyers who say nothing have their money after three days. */
const [lostSeconds, silentSeconds] = [700, 73 * 3600];

type Beginning = (stage: MoneyStage) => Promise<Family>;

/** How families come to us, with how many of a hundred come so. */
export const beginnings: readonly { readonly name: string; readonly share: number; readonly go: Beginning }[] = [
  { name: "plainly", share: 76, go: plainly },
  { name: "paying twice", share: 8, go: payingTwice },
  { name: "for a name that is lost", share: 8, go: forALostName },
  { name: "forgotten by our database", share: 8, go: forgotten },
];

async function paid(family: Family, card: string): Promise<void> {
  if (!(await family.payAt(await family.pressPay(), card))) throw new Error(`${card} did not pay`);
}

async function plainly(stage: MoneyStage): Promise<Family> {
  const { dice } = stage;
  const family = await Family.comes(stage);
  await paid(family, dice.happens(80) ? cards.good : dice.pick(Object.values(cards)));
  await goOn(stage, momentSeconds);
  return family;
}

/** The database is set back to before the first payment page, which nothing ends any more: a second one is opened, and both are paid. */
async function payingTwice(stage: MoneyStage): Promise<Family> {
  const { database } = stage.world;
  const family = await Family.comes(stage);
  const before = await database.backUp();
  const first = await family.pressPay();
  await database.restore(before);
  await paid(family, cards.good);
  await family.payAt(first, stage.dice.pick([cards.good, cards.refusedLater, cards.refundedInVain]));
  await goOn(stage, lostSeconds);
  return family;
}

/** Another family pays for the name first. This one has its money back: it says so, or says nothing for three days. */
async function forALostName(stage: MoneyStage): Promise<Family> {
  const { dice, web } = stage;
  const first = await Family.comes(stage);
  const second = await Family.comes(stage, first.name);
  const page = await second.pressPay();
  await paid(first, cards.good);
  await goOn(stage, momentSeconds);
  await second.payAt(page, dice.pick([cards.good, cards.refundedLate, cards.refundedInVain, cards.disputed]));
  await goOn(stage, momentSeconds);
  const asks = dice.happens(50);
  if (asks && (await second.order()).state === "lost") await askForMoneyBack(web, second.key);
  await goOn(stage, asks ? momentSeconds : silentSeconds);
  return dice.happens(50) ? first : second;
}

/** The database is set back to before the order: its money is put before a person, who gives it back. */
async function forgotten(stage: MoneyStage): Promise<Family> {
  const { world, dice, web } = stage;
  const { db } = world.database;
  const family = await Family.comes(stage);
  await paid(family, dice.pick([cards.good, cards.refundedLate]));
  const kept = await db.order.findUniqueOrThrow({ where: { id: family.orderId } });
  await db.checkout.deleteMany({ where: { orderId: kept.id } });
  await db.order.delete({ where: { id: kept.id } });
  await goOn(stage, lostSeconds);
  const [stray] = await db.strayPayment.findMany();
  if (!stray) throw new Error("The payment that no order knows was not found");
  const staff = await oneOfTheStaff(world);
  await giveBackPayment(web, staff, { sessionId: stray.sessionId, reason: "Nobody knows it" });
  await goOn(stage, momentSeconds);
  return plainly(stage);
}
