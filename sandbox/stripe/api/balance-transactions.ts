import { z } from "zod";
import { pageOf } from "../protocol/lists.ts";
import { currency, inRange, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";

const path = "/balance_transactions";
const permission = "rak_balance_transaction_read";

/** Every movement of the account's own money: charges, refunds, disputes, and what Stripe took for them. */
export const balanceTransactions = [
  route({
    method: "GET",
    path,
    call: "balanceTransactions.list",
    permission,
    params: z.strictObject({
      ...paging,
      created: range.optional(),
      currency: currency.optional(),
      source: text().optional(),
      type: text().optional(),
    }),
    run: ({ work, params }) => {
      const found = work
        .all("balance_transaction")
        .filter(
          (one) =>
            inRange(one.created, params.created) &&
            (params.currency === undefined || one.currency === params.currency) &&
            (params.source === undefined || one.source === params.source) &&
            (params.type === undefined || one.type === params.type),
        );
      return pageOf(`/v1${path}`, found, params);
    },
  }),
  route({
    method: "GET",
    path: `${path}/:id`,
    call: "balanceTransactions.retrieve",
    permission,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("balance_transaction", id),
  }),
];
