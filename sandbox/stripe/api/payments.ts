import { z } from "zod";
import { pageOf } from "../protocol/lists.ts";
import { inRange, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";

/** Payment intents and charges are made by paying; here they are read. */
export const payments = [
  route({
    method: "GET",
    path: "/payment_intents",
    call: "paymentIntents.list",
    permission: "rak_payment_intent_read",
    params: z.strictObject({ ...paging, created: range.optional(), customer: text().optional() }),
    run: ({ work, params }) => {
      const found = work
        .all("payment_intent")
        .filter(
          (one) =>
            inRange(one.created, params.created) && (params.customer === undefined || one.customer === params.customer),
        );
      return pageOf("/v1/payment_intents", found, params);
    },
  }),
  route({
    method: "GET",
    path: "/payment_intents/:id",
    call: "paymentIntents.retrieve",
    permission: "rak_payment_intent_read",
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("payment_intent", id),
  }),
  route({
    method: "GET",
    path: "/charges",
    call: "charges.list",
    permission: "rak_charge_read",
    params: z.strictObject({
      ...paging,
      created: range.optional(),
      customer: text().optional(),
      payment_intent: text().optional(),
    }),
    run: ({ work, params }) => {
      const found = work
        .all("charge")
        .filter(
          (one) =>
            inRange(one.created, params.created) &&
            (params.customer === undefined || one.customer === params.customer) &&
            (params.payment_intent === undefined || one.payment_intent === params.payment_intent),
        );
      return pageOf("/v1/charges", found, params);
    },
  }),
  route({
    method: "GET",
    path: "/charges/:id",
    call: "charges.retrieve",
    permission: "rak_charge_read",
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("charge", id),
  }),
];
