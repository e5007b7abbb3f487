import { daysAfter } from "@/lib/clock.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import type { Member } from "@/lib/households/access.ts";
import { lookAtOffer } from "@/lib/households/look-at-offer.ts";
import { offerBill } from "@/lib/households/offer-bill.ts";
import { offerToken } from "@/lib/households/offer-secret.ts";
import { takeBill } from "@/lib/households/take-bill.ts";
import { takeOfferBack } from "@/lib/households/take-offer-back.ts";
import { canaries, type SimWorld } from "../world/world.ts";
import type { Family } from "./family.ts";
import { goOn } from "./go-on.ts";
import { type MoneyStage, vendorOf } from "./stage.ts";
import { press } from "./wishes.ts";

const daySeconds = 86_400;
/** Of all the cards that pay, one with another end. */
const mastercard = "5555555555554444";

/** Whoever pays for this order's home, as signed in: whoever runs it, or whoever took over. Who has no home has no such page. */
export async function payerOf({ database: { db }, clock }: SimWorld, order: Order): Promise<Member | undefined> {
  const tenant = await db.tenant.findFirst({ where: { orderId: order.id, want: "present" } });
  if (!tenant) return undefined;
  const { payerEmail: email } = order;
  const who = { userId: email ? `usr-${email}` : order.id, tenantId: tenant.id };
  const times = { createdAt: clock.now(), updatedAt: clock.now() };
  if (email)
    await db.user.createMany({
      data: [{ id: who.userId, name: "Ben", email, emailVerified: true, ...times }],
      skipDuplicates: true,
    });
  else await db.membership.createMany({ data: [{ ...who, role: "owner", since: clock.now() }], skipDuplicates: true });
  return who;
}

/** Another adult, who has moved in. Homes are not made here, so nobody hands her a card. */
async function anotherAdult({ world }: MoneyStage, tenantId: string): Promise<{ personId: string; email: string }> {
  const { clock, ids, database } = world;
  const now = clock.now();
  await database.db.tenant.updateMany({ where: { id: tenantId, readyAt: null }, data: { readyAt: now } });
  const part = ids.id("p").toLowerCase();
  const email = `${part}@post.example`;
  const person = { id: ids.id("per"), tenantId, place: 100, given: "Cleo", part, kind: "adult", email };
  await database.db.person.create({ data: { ...person, runsHome: false, page: false, createdAt: now } });
  const id = ids.id("card");
  const card = { id, personId: person.id, tokenHash: id, codeHash: id, createdAt: now, usedAt: now };
  await database.db.card.create({ data: { ...card, expiresAt: daysAfter(now, 7) } });
  return { personId: person.id, email };
}

/** Somebody else is asked to pay; they do, or it is taken back before or after they were led to give a card, or nobody answers. */
export async function takeOver(stage: MoneyStage, family: Family): Promise<void> {
  const { web, dice, world } = stage;
  const who = await payerOf(world, await family.order());
  if (!who?.tenantId) return;
  const cleo = await anotherAdult(stage, who.tenantId);
  await press(stage, () => offerBill(web, who, cleo));
  await goOn(stage, 60);
  const asked = await world.database.db.billChange.findFirst({
    where: { orderId: family.orderId, kind: "payer", state: "asked" },
  });
  if (!asked) return;
  const url = dice.happens(80) ? await led(stage, asked.id) : undefined;
  if (url && dice.happens(80)) await family.payAt(url, mastercard);
  if (dice.happens(25)) await press(stage, () => takeOfferBack(web, who, asked.id));
  await goOn(stage, dice.happens(50) ? 60 : 8 * daySeconds);
}

async function led({ web }: MoneyStage, changeId: string): Promise<string | undefined> {
  const token = offerToken(canaries.linkKey, changeId);
  const seen = (await lookAtOffer(web, token))?.seen ?? "";
  const yes = { token, agreed: true, text: "I pay", from: null, seen, words: "From the next bill on" };
  return takeBill(web, { ...yes, backUrl: "https://nameplate.test/bill/link" }).catch((error: unknown) => {
    if (!(error instanceof NameplateError)) throw error;
    return undefined;
  });
}

/** Who pays here is who pays at the vendor, with one card that is theirs. */
export async function payersAgree(stage: MoneyStage): Promise<string[]> {
  const { db } = stage.world.database;
  const wrong: string[] = [];
  const over = await db.order.findMany({ where: { payerChange: { not: null } } });
  for (const { id, stripeCustomerId, payerChange, payerEmail } of over) {
    const customer = await vendorOf(stage).customers.retrieve(stripeCustomerId ?? "");
    if (customer.deleted) continue;
    const [ours, theirs] = [`${payerChange} ${payerEmail}`, `${customer.metadata["payer"]} ${customer.email}`];
    if (ours !== theirs) wrong.push(`${id} is paid by ${ours}, and at the vendor by ${theirs}`);
  }
  return wrong;
}
