import { z } from "zod";
import { changeBalance } from "../billing/customer-balance.ts";
import { invalid } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { currency, inRange, int, metadata, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";

const path = "/customers/:id/balance_transactions";

/** What a customer has in credit, and why. */
export const customerBalance = [
  route({
    method: "POST",
    path,
    call: "customers.createBalanceTransaction",
    permission: "rak_customer_write",
    params: z.strictObject({
      amount: int(),
      currency,
      description: text(350).optional(),
      metadata: metadata.optional(),
    }),
    run: ({ work, id, params }) => {
      const customer = work.need("customer", id);
      if (customer.currency !== null && customer.currency !== params.currency)
        throw invalid("The currency must be the customer's.", { param: "currency" });
      const { metadata: words, ...change } = params;
      return changeBalance(work, customer, { ...change, metadata: words ?? {}, type: "adjustment" });
    },
  }),
  route({
    method: "GET",
    path,
    call: "customers.listBalanceTransactions",
    permission: "rak_customer_read",
    params: z.strictObject({ ...paging, created: range.optional(), invoice: text().optional() }),
    run: ({ work, id, params }) => {
      work.need("customer", id);
      const found = work
        .all("customer_balance_transaction")
        .filter(
          (one) =>
            one.customer === id &&
            inRange(one.created, params.created) &&
            (params.invoice === undefined || one.invoice === params.invoice),
        );
      return pageOf(`/v1/customers/${id}/balance_transactions`, found, params);
    },
  }),
];
