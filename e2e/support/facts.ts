/** What really happened, by the vendors' own ledgers: the product cannot write there. */
import type { Buyer } from "../journey/buy-home.ts";
import { ledger, mailsTo, purchases } from "./sandbox.ts";
import { expect } from "./test.ts";

interface Thing {
  readonly id: string;
  readonly amount?: number;
  readonly charge?: string;
  readonly customer?: string;
  readonly email?: string | null;
}

/** Objects at the payment vendor to which this happened. */
const things = async (kind: string): Promise<readonly Thing[]> =>
  (await ledger("stripe", kind)).map((entry) => entry["object"] as Thing);

export interface Money {
  /** Sums in minor units, one a charge. */
  readonly charged: readonly number[];
  readonly refunded: readonly number[];
  /** Subscriptions that will charge again. */
  readonly running: number;
}

/** Everything that was ever taken from a buyer, and given back. */
export async function moneyOf({ email }: Pick<Buyer, "email">): Promise<Money> {
  const customers = (await things("customer.created")).filter((one) => one.email === email).map(({ id }) => id);
  const theirs = (one: Thing): boolean => customers.includes(one.customer ?? "");
  const charges = (await things("charge.succeeded")).filter(theirs);
  const refunds = (await things("refund.created")).filter((one) => charges.some(({ id }) => id === one.charge));
  const begun = (await things("customer.subscription.created")).filter(theirs).length;
  const ended = (await things("customer.subscription.deleted")).filter(theirs).length;
  const sums = (list: readonly Thing[]): number[] => list.map((one) => one.amount ?? 0);
  return { charged: sums(charges), refunded: sums(refunds), running: begun - ended };
}

/** What a home of one person costs the first month, in pence, by the price book. */
export const monthMinor = 625;

/**
 * The end that every fault must lead to: charged once, bought once, one mail of each kind. `posts`: how often the registrar
 * may have been asked to register, which is more than once only after a doubt.
 */
export async function expectBoughtOnce(buyer: Buyer, posts = 1): Promise<void> {
  expect(await moneyOf(buyer), "the money").toEqual({ charged: [monthMinor], refunded: [], running: 1 });
  expect(await purchases(buyer.name), "the name").toEqual({ posts, registered: 1 });
  await expect
    .poll(async () => (await subjectsTo(buyer)).sort(), { message: "the mails" })
    .toEqual([expect.stringMatching(/^Receipt .*£6\.25$/), `You are home: @${buyer.part}:${buyer.name} is ready`]);
}

export const subjectsTo = async ({ email }: Pick<Buyer, "email">): Promise<string[]> =>
  (await mailsTo(email)).map(({ subject }) => subject);
