import { billMail } from "@/lib/billing/bill-mail.ts";
import { type PayerChange, payerChange } from "@/lib/billing/payer-change.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Person, Tenant } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { tidy } from "@/lib/names/typed-text.ts";
import { isEmail } from "@/lib/orders/email.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { billOf, type Member } from "./access.ts";
import { offerDays, offerToken } from "./offer-secret.ts";
import { movedIn } from "./who-moves.ts";
import { whyNotTerms } from "./why-not-terms.ts";

/** Who is asked to pay, and where their letter goes. */
export interface BillOffer {
  readonly personId: string;
  readonly email: string;
}

/**
 * Asks another adult of the family to pay from now on: nothing is changed before they open their link, agree and give a card.
 * One is asked at a time; asking the same person twice is asking once.
 */
export async function offerBill(world: World, who: Member, offer: BillOffer): Promise<void> {
  const home = await billOf(world, who);
  await world.db.$transaction((tx) => writeOffer(tx, world, home, { ...offer, askedBy: who.userId }));
  await world.ring({ kind: "mail" });
}

/** The same inside a transaction of the caller's, who has allowed it. */
export async function writeOffer(
  tx: Tx,
  world: World,
  home: Tenant,
  { personId, askedBy, ...typed }: BillOffer & { readonly askedBy: string },
): Promise<void> {
  const { clock, ids, linkKey } = world;
  const { orderId } = home;
  // The lock: of two windows the later one sees the other's row.
  await tx.$queryRaw`SELECT 1 FROM "Order" WHERE "id" = ${orderId} FOR UPDATE`;
  const email = tidy(typed.email).toLowerCase();
  const open = await openOffer(tx, orderId);
  if (open?.terms.personId === personId && open.terms.email === email) return;
  const why = open ? { key: "family.payer.errors.open" } : await whyNotTerms(tx, home);
  if (why) throw new NameplateError("changed-meanwhile", `Nobody else can be asked to pay for ${home.name} now`, why);
  const given = await adultOf(tx, home, personId);
  if (!isEmail(email)) throw new NameplateError("bad-input", "No e-mail", { key: "family.payer.errors.email" });
  const order = await tx.order.findUniqueOrThrow({ where: { id: orderId } });
  if (email === billMail(order).toLowerCase())
    throw new NameplateError("bad-input", "Whoever pays already", { key: "family.payer.errors.same" });
  const [id, now] = [ids.id("chg"), clock.now()];
  // One that the vendor refused is no more for a person to see to: this one comes in its place.
  const refused = { orderId, kind: "payer", state: "refused" };
  await tx.billChange.updateMany({ where: refused, data: { state: "replaced", doneAt: now } });
  const until = daysAfter(now, offerDays);
  const terms: PayerChange = { personId, given, email, until: until.toISOString() };
  const row = { id, orderId, cause: `payer:${id}`, kind: "payer", terms, state: "asked", askedBy, nextTryAt: until };
  await tx.billChange.create({ data: { ...row, createdAt: now } });
  const tokenHash = hashSecret(offerToken(linkKey, id));
  const link = { id: ids.id("lnk"), purpose: "pay-bill", subject: id, tokenHash, createdAt: now, expiresAt: until };
  await tx.link.create({ data: link });
  await wantMail(tx, world, { cause: `payer-asked:${id}`, kind: "payer-asked", to: email, values: { changeId: id } });
}

/** Of a child nobody asks for money, and whoever has no account yet has not moved in. */
async function adultOf(tx: Tx, { id: tenantId }: Tenant, personId: string): Promise<string> {
  const person = await tx.person.findFirst({
    where: { id: personId, tenantId, kind: "adult", ...livesThere },
    include: { cards: true },
  });
  if (!person || !mayPay(person)) throw new NameplateError("not-found", "No such adult lives in this home");
  return person.given;
}

/** Whoever runs the home bought it once; anybody else has used a card. */
export const mayPay = (person: Pick<Person, "runsHome"> & Parameters<typeof movedIn>[0]): boolean =>
  person.runsHome || movedIn(person);

/** Who is asked just now, or whose card is just made the one that pays. */
export async function openOffer(db: Pick<Tx, "billChange">, orderId: string) {
  const row = await db.billChange.findFirst({
    where: { orderId, kind: "payer", state: { in: ["asked", "wanted"] } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return row && { ...row, terms: payerChange.parse(row.terms) };
}
