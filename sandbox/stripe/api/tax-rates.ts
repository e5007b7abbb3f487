import { z } from "zod";
import { pageOf } from "../protocol/lists.ts";
import { bool, paging } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";

/** The rates that were needed so far; nobody makes one by hand here. */
export const taxRates = [
  route({
    method: "GET",
    path: "/tax_rates",
    call: "taxRates.list",
    permission: "rak_tax_rate_read",
    params: z.strictObject({ ...paging, active: bool.optional(), inclusive: bool.optional() }),
    run: ({ work, params }) => {
      const found = work
        .all("tax_rate")
        .filter(
          (one) =>
            (params.active === undefined || one.active === params.active) &&
            (params.inclusive === undefined || one.inclusive === params.inclusive),
        );
      return pageOf("/v1/tax_rates", found, params);
    },
  }),
  route({
    method: "GET",
    path: "/tax_rates/:id",
    call: "taxRates.retrieve",
    permission: "rak_tax_rate_read",
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("tax_rate", id),
  }),
];
