import { billMail } from "@/lib/billing/bill-mail.ts";
import { payerChange } from "@/lib/billing/payer-change.ts";
import type { Said } from "@/lib/errors.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { type Member, partOf } from "./access.ts";
import { mayPay, openOffer } from "./offer-bill.ts";
import { whyNotTerms } from "./why-not-terms.ts";

/** Who pays for a home, and who is asked to. Times are ISO. */
export interface PayerView {
  readonly home: string;
  /** Whether it is the reader's own to pay. */
  readonly pays: boolean;
  readonly name: string;
  /** Since when, where it is not the buyer. */
  readonly since: string | null;
  /** What follows is for whoever pays alone. */
  readonly email: string;
  /** Who was asked; `given` while their card is just made the one that pays, `held` when a person has to. */
  readonly waiting: {
    readonly id: string;
    readonly given: string;
    readonly email: string;
    readonly at: string;
    readonly until: string;
    readonly state: "asked" | "given" | "held";
  } | null;
  /** Adults who live there, and do not pay already. */
  readonly others: readonly { readonly personId: string; readonly given: string; readonly email: string }[];
  /** Why nobody else can be asked just now. */
  readonly whyNot: Said | null;
}

/** Undefined where nothing costs anything: nobody pays. */
export async function describePayer({ db, clock }: World, who: Member): Promise<PayerView | undefined> {
  const { home, pays } = await partOf({ db }, who);
  const order = await db.order.findUniqueOrThrow({ where: { id: home.orderId } });
  if (!order.stripeSubscriptionId) return undefined;
  const view = { home: home.name, pays, name: order.payerName ?? order.given ?? "" };
  const since = order.payerSince?.toISOString() ?? null;
  if (!pays) return { ...view, since, email: "", waiting: null, others: [], whyNot: null };
  const email = billMail(order);
  const people = await db.person.findMany({
    where: { tenantId: home.id, kind: "adult", ...livesThere },
    include: { cards: true },
    orderBy: { place: "asc" },
  });
  const paying = order.payerChange && (await db.billChange.findUnique({ where: { id: order.payerChange } }));
  const payingId = paying ? payerChange.parse(paying.terms).personId : undefined;
  const isPayer = (one: (typeof people)[number]) => (order.payerEmail === null ? one.runsHome : one.id === payingId);
  return {
    ...{ ...view, since, email },
    waiting: await waitingOf(db, home.orderId, clock.now()),
    others: people
      .filter((one) => mayPay(one) && !isPayer(one))
      .map((one) => ({ personId: one.id, given: one.given, email: one.email ?? "" })),
    whyNot: (await whyNotTerms(db, home)) ?? null,
  };
}

async function waitingOf(db: World["db"], orderId: string, now: Date): Promise<PayerView["waiting"]> {
  const open = await openOffer(db, orderId);
  if (!open || open.terms.back) return null;
  const { id, createdAt, state, deadAt, terms } = open;
  const { given, email, until } = terms;
  if (state === "asked" && now >= new Date(until)) return null;
  const stands = deadAt ? "held" : state === "asked" ? "asked" : "given";
  return { id, given, email, at: createdAt.toISOString(), until, state: stands };
}
