import { z } from "zod";
import { passesLuhn } from "../billing/cards.ts";
import { attach, cardOf, detach, makeMethod } from "../billing/payment-methods.ts";
import type { PaymentMethod } from "../objects/payment-method.ts";
import { noAddress } from "../objects/shared.ts";
import { invalid, parameterMissing } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import { address, int, metadata, orUnset, paging, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import type { Work } from "../state/work.ts";

const path = "/payment_methods";
const read = "rak_payment_method_read";
const write = "rak_payment_method_write";

/** Names that stand for test cards (docs.stripe.com/testing?testing-method=payment-methods). */
const named: Readonly<Record<string, string>> = {
  pm_card_visa: "4242424242424242",
  pm_card_mastercard: "5555555555554444",
  pm_card_chargeCustomerFail: "4000000000000341",
  pm_card_authenticationRequired: "4000002760003184",
  pm_card_authenticationRequiredOnSetup: "4000002500003155",
  pm_card_chargeDeclined: "4000000000000002",
  pm_card_chargeDeclinedInsufficientFunds: "4000000000009995",
  pm_card_chargeDeclinedExpiredCard: "4000000000000069",
  pm_card_createDispute: "4000000000000259",
  pm_card_pendingRefund: "4000000000007726",
  pm_card_refundFail: "4000000000005126",
};

const billing = z.strictObject({
  address: orUnset(address).optional(),
  email: orUnset(text(512)).optional(),
  name: orUnset(text()).optional(),
  phone: orUnset(text()).optional(),
});
const createParams = z.strictObject({
  type: z.literal("card"),
  card: z.strictObject({
    number: text(19),
    exp_month: int(1, 12),
    exp_year: int(2000, 2099),
    cvc: text(4).optional(),
  }),
  billing_details: billing.optional(),
  metadata: metadata.optional(),
});

export const paymentMethods = [
  route({
    method: "POST",
    path,
    call: "paymentMethods.create",
    permission: write,
    params: createParams,
    run: ({ work, params: { card, billing_details: given, metadata: words } }) => {
      if (!passesLuhn(card.number))
        throw invalid("Your card number is incorrect.", { code: "incorrect_number", param: "card[number]" });
      const { number, exp_month: month, exp_year: year } = card;
      const method = makeMethod(work, cardOf(work, { number, month, year }), billingOf(given));
      return words ? work.keep("payment_method.created", { ...method, metadata: words }) : method;
    },
  }),
  route({
    method: "GET",
    path,
    call: "paymentMethods.list",
    permission: read,
    params: z.strictObject({ ...paging, customer: text().optional(), type: z.enum(["card"]).optional() }),
    run: ({ work, params }) => {
      const found = work
        .all("payment_method")
        .filter((one) => (params.customer === undefined ? one.customer !== null : one.customer === params.customer));
      return pageOf(`/v1${path}`, found, params);
    },
  }),
  route({
    method: "GET",
    path: `${path}/:id`,
    call: "paymentMethods.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("payment_method", id),
  }),
  route({
    method: "POST",
    path: `${path}/:id`,
    call: "paymentMethods.update",
    permission: write,
    params: z.strictObject({
      billing_details: billing.optional(),
      card: z.strictObject({ exp_month: int(1, 12).optional(), exp_year: int(2000, 2099).optional() }).optional(),
      metadata: metadata.optional(),
    }),
    run: ({ work, id, params }) => {
      const before = work.need("payment_method", id);
      if (before.customer === null) throw invalid("You must save this PaymentMethod to a customer before updating it.");
      const after: PaymentMethod = {
        ...before,
        billing_details: params.billing_details ? billingOf(params.billing_details) : before.billing_details,
        card: {
          ...before.card,
          exp_month: params.card?.exp_month ?? before.card.exp_month,
          exp_year: params.card?.exp_year ?? before.card.exp_year,
        },
        metadata: changedMetadata(before.metadata, params.metadata),
      };
      return work.tell("payment_method.updated", after, { previous: { card: before.card } });
    },
  }),
  route({
    method: "POST",
    path: `${path}/:id/attach`,
    call: "paymentMethods.attach",
    permission: write,
    params: z.strictObject({ customer: text().optional() }),
    run: ({ work, id, params }) => {
      if (params.customer === undefined) throw parameterMissing("customer");
      const { id: customer } = work.need("customer", params.customer, "customer");
      return attach(work, byName(work, id) ?? work.need("payment_method", id), customer);
    },
  }),
  route({
    method: "POST",
    path: `${path}/:id/detach`,
    call: "paymentMethods.detach",
    permission: write,
    params: z.strictObject({}),
    run: ({ work, id }) => detach(work, work.need("payment_method", id)),
  }),
];

const billingOf = ({ address: place, email, name, phone }: z.output<typeof billing> = {}) => ({
  address: { ...noAddress, ...place },
  email: email ?? null,
  name: name ?? null,
  phone: phone ?? null,
  tax_id: null,
});

/** A test card by its name becomes a payment method of its own each time. */
function byName(work: Work, id: string): PaymentMethod | undefined {
  const number = named[id];
  if (number === undefined) return undefined;
  // Long enough for any test.
  const year = new Date(work.now * 1000).getUTCFullYear() + 10;
  return makeMethod(work, cardOf(work, { number, month: 12, year }), billingOf());
}
