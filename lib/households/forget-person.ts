import { type TermsChange, termsChange } from "@/lib/billing/terms-change.ts";
import type { Tx } from "@/lib/db.ts";
import { type Person, Prisma, type Tenant } from "@/lib/generated/prisma/client.ts";
import { type DraftPerson, personShape } from "@/lib/orders/draft.ts";
import { keepForProof } from "./consent/forget-consents.ts";
import { mailOfCard } from "./mail-card.ts";

/**
 * Forgets what we knew of somebody who is gone: what they are called, their mailbox, their cards, rules and questions, wherever it
 * was written down. Their row stays, with the address alone, for nobody else is ever given it.
 */
export async function forgetPerson(tx: Tx, person: Person, { orderId }: Tenant, now: Date): Promise<void> {
  const { id: personId, part } = person;
  const cards = await tx.card.findMany({ where: { personId }, select: { id: true } });
  await forgetLetters(tx, [
    { cause: { in: cards.map((card) => mailOfCard(card.id)) } },
    {
      kind: {
        in: [
          ...(["taken-out", "brought-back", "grown", "turning-18", "now-18"] as const),
          ...(["child-rules", "mine", "house-terms", "erase-asked", "consent-withdrawn", "consent-given"] as const),
        ],
      },
      values: { path: ["personId"], equals: personId },
    },
  ]);
  await tx.card.deleteMany({ where: { personId } });
  await tx.ask.deleteMany({ where: { personId } });
  await tx.childRule.deleteMany({ where: { personId } });
  await tx.growth.deleteMany({ where: { personId } });
  await tx.houseAcceptance.deleteMany({ where: { personId } });
  await keepForProof(tx, personId, now);
  // One that still has an account of a stranger closes that first.
  await tx.trial.deleteMany({ where: { personId, stranger: null } });
  await tx.parent.updateMany({ where: { personId }, data: { personId: null } });
  await tx.person.update({
    where: { id: personId },
    data: { given: "", kind: "gone", email: null, ageBand: null, bornOn: null, nextGrowthAt: null, page: false },
  });
  await forgetOrdered(tx, orderId, part);
  await forgetChanges(tx, orderId, { personId, part });
}

type Letters = NonNullable<Parameters<Tx["mail"]["updateMany"]>[0]["where"]>;

/** That a letter went stays known, so that it never goes twice. One that waits is sent no more. */
async function forgetLetters(tx: Tx, which: readonly Letters[]): Promise<void> {
  await tx.mail.updateMany({ where: { OR: [...which] }, data: { to: "", values: {} } });
}

/** As they were named while buying. */
async function forgetOrdered(tx: Tx, orderId: string, part: string): Promise<void> {
  const { people } = await tx.order.findUniqueOrThrow({ where: { id: orderId }, select: { people: true } });
  const named = personShape.array().safeParse(people);
  if (!named.success || !named.data.some((one) => one.part === part)) return;
  await tx.order.update({
    where: { id: orderId },
    // What was agreed to for other children stands with them since the home was made.
    data: { people: named.data.map((one) => nameless(one, part)), childConsent: Prisma.DbNull },
  });
}

/** As they were named when they came and went, and in the letters about it. */
async function forgetChanges(
  tx: Tx,
  orderId: string,
  { personId, part }: { readonly personId: string; readonly part: string },
): Promise<void> {
  const changes = await tx.billChange.findMany({ where: { orderId, kind: "terms" } });
  for (const { id, terms: kept } of changes) {
    const terms = termsChange.parse(kept);
    if (![...terms.out, ...terms.back].includes(personId) && !terms.add.some((one) => one.part === part)) continue;
    const { consent: _, ...others } = terms;
    const forgotten: TermsChange = { ...others, add: terms.add.map((one) => nameless(one, part)) };
    await tx.billChange.update({ where: { id }, data: { terms: forgotten } });
    await tx.mail.updateMany({ where: { cause: `changed:${id}` }, data: { values: { changeId: id } } });
  }
}

const nameless = (one: DraftPerson, part: string): DraftPerson =>
  one.part === part ? { key: one.key, given: "", part, kind: one.kind } : one;
