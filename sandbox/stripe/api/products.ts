import { z } from "zod";
import { makeProduct, productData } from "../billing/inline-prices.ts";
import { invalid } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { bool, currency, inRange, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";

/** Prices, and most products, come into being inside `price_data`; a product can be made by itself as well, under an id of one's own. */
export const products = [
  route({
    method: "POST",
    path: "/products",
    call: "products.create",
    permission: "rak_product_write",
    params: productData.extend({ id: text().optional(), active: bool.default(true) }),
    run: ({ work, params: { id, active, ...given } }) => {
      if (id !== undefined && work.find("product", id))
        throw invalid("Product already exists.", { code: "resource_already_exists", param: "id" });
      return makeProduct(work, given, { ...work.born("prod"), ...(id === undefined ? {} : { id }), active });
    },
  }),
  route({
    method: "GET",
    path: "/products",
    call: "products.list",
    permission: "rak_product_read",
    params: z.strictObject({
      ...paging,
      active: bool.optional(),
      created: range.optional(),
      ids: z.array(text()).optional(),
    }),
    run: ({ work, params }) => {
      const found = work
        .all("product")
        .filter(
          (one) =>
            inRange(one.created, params.created) &&
            (params.active === undefined || one.active === params.active) &&
            (params.ids === undefined || params.ids.includes(one.id)),
        );
      return pageOf("/v1/products", found, params);
    },
  }),
  route({
    method: "GET",
    path: "/products/:id",
    call: "products.retrieve",
    permission: "rak_product_read",
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("product", id),
  }),
  route({
    method: "GET",
    path: "/prices",
    call: "prices.list",
    permission: "rak_plan_read",
    params: z.strictObject({
      ...paging,
      active: bool.optional(),
      created: range.optional(),
      currency: currency.optional(),
      product: text().optional(),
      type: z.enum(["one_time", "recurring"]).optional(),
    }),
    run: ({ work, params }) => {
      const found = work
        .all("price")
        .filter(
          (one) =>
            inRange(one.created, params.created) &&
            (params.active === undefined || one.active === params.active) &&
            (params.currency === undefined || one.currency === params.currency) &&
            (params.product === undefined || one.product === params.product) &&
            (params.type === undefined || one.type === params.type),
        );
      return pageOf("/v1/prices", found, params);
    },
  }),
  route({
    method: "GET",
    path: "/prices/:id",
    call: "prices.retrieve",
    permission: "rak_plan_read",
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("price", id),
  }),
];
