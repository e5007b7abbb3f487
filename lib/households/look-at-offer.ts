import { payerChange } from "@/lib/billing/payer-change.ts";
import type { Tx } from "@/lib/db.ts";
import type { Said } from "@/lib/errors.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { type BillView, billView } from "./describe-bill.ts";
import { whyNotTerms } from "./why-not-terms.ts";

/** Of a bill what whoever is asked to pay it reads. */
export type OfferedBill = Omit<BillView, "card" | "owed" | "past" | "left" | "rests">;

/** What somebody reads who is asked to pay for a home. Times are ISO. */
export interface OfferSight {
  /** `given`: their card is just made the one that pays. */
  readonly state: "works" | "given" | "done" | "taken-back" | "ran-out" | "not-now";
  readonly name: string;
  readonly given: string;
  /** Who pays so far. */
  readonly payer: string;
  readonly email: string;
  readonly until: string;
  /** Why not now. */
  readonly whyNot: Said | null;
  /** What they would pay; null where the link works no more. */
  readonly bill: OfferedBill | null;
  /** Which bill they see: sent back with their yes, so that nobody agrees to another. */
  readonly seen: string;
}

/** Looks at a link and changes nothing, however often it is opened. Undefined for one that nobody was sent. */
export async function lookAtOffer(world: Pick<World, "db" | "clock">, token: string): Promise<OfferSight | undefined> {
  const { db, clock } = world;
  const change = await changeOf(db, token);
  const home = change && (await db.tenant.findFirst({ where: { orderId: change.orderId, want: "present" } }));
  if (!change || !home) return undefined;
  const { order } = change;
  const { given, email, until, back } = payerChange.parse(change.terms);
  const whyNot = change.state === "asked" ? ((await whyNotTerms(db, home)) ?? null) : null;
  const state = stateOf(change.state, { back: back !== undefined, over: clock.now() >= new Date(until) });
  const open = state === "works";
  const bill = open && !whyNot ? await billView(world, home) : null;
  return {
    ...{ state: open && whyNot ? "not-now" : state, name: home.name, given, email, until, whyNot },
    payer: order.payerName ?? order.given ?? "",
    bill: bill && shownOf(bill),
    seen: bill ? seenOf(bill) : "",
  };
}

/** The wish that a link is about. */
export async function changeOf(db: Pick<Tx, "link" | "billChange">, token: string) {
  const link = await db.link.findUnique({ where: { tokenHash: hashSecret(token) } });
  if (link?.purpose !== "pay-bill") return null;
  return db.billChange.findFirst({ where: { id: link.subject, kind: "payer" }, include: { order: true } });
}

function stateOf(
  state: string,
  { back, over }: { readonly back: boolean; readonly over: boolean },
): OfferSight["state"] {
  if (state === "done") return "done";
  if (state === "asked") return over ? "ran-out" : "works";
  if (state === "replaced" || back) return over ? "ran-out" : "taken-back";
  return state === "wanted" ? "given" : "ran-out";
}

/** Nothing of what was paid before, and by which card: that is somebody else's. */
const shownOf = (bill: BillView): OfferedBill => {
  const { name, quote, people, lines, total, coupons, tax, nameYear, partsPaid, nameLeft, ahead, ending, next } = bill;
  return { name, quote, people, lines, total, coupons, tax, nameYear, partsPaid, nameLeft, ahead, ending, next };
};

const seenOf = ({ next, total, ahead }: BillView): string => JSON.stringify([next, total, ahead?.next ?? null]);
