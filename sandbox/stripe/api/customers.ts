import { z } from "zod";
import { mayJoin } from "../billing/test-clocks.ts";
import { type Customer, newCustomer } from "../objects/customer.ts";
import { noAddress } from "../objects/shared.ts";
import { pageOf } from "../protocol/lists.ts";
import { changedMetadata } from "../protocol/metadata.ts";
import { address, inRange, metadata, orUnset, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";

const path = "/customers";
const read = "rak_customer_read";
const write = "rak_customer_write";

const given = {
  address: orUnset(address).optional(),
  description: orUnset(text(500)).optional(),
  email: orUnset(text(512)).optional(),
  metadata: metadata.optional(),
  name: orUnset(text(256)).optional(),
  phone: orUnset(text(20)).optional(),
  preferred_locales: z.array(text()).optional(),
};

export const customers = [
  route({
    method: "POST",
    path,
    call: "customers.create",
    permission: write,
    params: z.strictObject({ ...given, test_clock: text().optional() }),
    run: ({ work, params }) => {
      if (params.test_clock !== undefined) mayJoin(work, params.test_clock);
      return work.tell(
        "customer.created",
        newCustomer(work.born("cus"), {
          email: params.email ?? null,
          name: params.name ?? null,
          phone: params.phone ?? null,
          description: params.description ?? null,
          address: params.address ? { ...noAddress, ...params.address } : null,
          metadata: params.metadata ?? {},
          preferredLocales: params.preferred_locales ?? [],
          testClock: params.test_clock ?? null,
        }),
      );
    },
  }),
  route({
    method: "GET",
    path,
    call: "customers.list",
    permission: read,
    params: z.strictObject({ ...paging, created: range.optional(), email: text().optional() }),
    run: ({ work, params }) => {
      const found = work
        .all("customer")
        .filter(
          (one) => inRange(one.created, params.created) && (params.email === undefined || one.email === params.email),
        );
      return pageOf(`/v1${path}`, found, params);
    },
  }),
  route({
    method: "GET",
    path: `${path}/:id`,
    call: "customers.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("customer", id),
  }),
  route({
    method: "POST",
    path: `${path}/:id`,
    call: "customers.update",
    permission: write,
    params: z.strictObject({
      ...given,
      invoice_settings: z.strictObject({ default_payment_method: orUnset(text()).optional() }).optional(),
    }),
    run: ({ work, id, params }) => {
      const before = work.need("customer", id);
      const method = params.invoice_settings?.default_payment_method;
      if (method) work.need("payment_method", method, "invoice_settings[default_payment_method]");
      const { invoice_settings: _settings, metadata: words, address: place, ...plain } = params;
      const change = {
        ...plain,
        ...(place === undefined ? {} : { address: place && { ...noAddress, ...place } }),
        ...(words === undefined ? {} : { metadata: changedMetadata(before.metadata, words) }),
        ...(method === undefined
          ? {}
          : { invoice_settings: { ...before.invoice_settings, default_payment_method: method } }),
      };
      const after: Customer = { ...before, ...change };
      const previous = Object.fromEntries(Object.keys(change).map((key) => [key, before[key as keyof Customer]]));
      return work.tell("customer.updated", after, { previous });
    },
  }),
  route({
    method: "GET",
    path: `${path}/:id/payment_methods`,
    call: "customers.listPaymentMethods",
    permission: "rak_payment_method_read",
    params: z.strictObject({ ...paging, type: z.enum(["card"]).optional() }),
    run: ({ work, id, params }) => {
      work.need("customer", id);
      const methods = work.all("payment_method").filter((one) => one.customer === id);
      return pageOf(`/v1${path}/${id}/payment_methods`, methods, params);
    },
  }),
];
