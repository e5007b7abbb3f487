import { z } from "zod";
import { checkoutOf } from "../billing/checkout-payment.ts";
import { expireSession } from "../billing/due.ts";
import { sells } from "../objects/checkout-session.ts";
import { listOf } from "../objects/shared.ts";
import { invalid } from "../protocol/errors.ts";
import { pageOf } from "../protocol/lists.ts";
import { inRange, paging, range, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import { createParams } from "./checkout-session-params.ts";
import { createSession } from "./new-checkout-session.ts";
import { createSetup } from "./new-setup-session.ts";

const path = "/checkout/sessions";
const write = "rak_checkout_session_write";
const read = "rak_checkout_session_read";

export const checkoutSessions = [
  route({
    method: "POST",
    path,
    call: "checkout.sessions.create",
    permission: write,
    web: true,
    params: createParams,
    run: ({ work, params }) => (params.mode === "setup" ? createSetup(work, params) : createSession(work, params)),
  }),
  route({
    method: "GET",
    path,
    call: "checkout.sessions.list",
    permission: read,
    params: z.strictObject({
      ...paging,
      created: range.optional(),
      customer: text().optional(),
      customer_details: z.strictObject({ email: text() }).optional(),
      payment_intent: text().optional(),
      status: z.enum(["complete", "expired", "open"]).optional(),
      subscription: text().optional(),
    }),
    run: ({ work, params }) => {
      const sessions = work.all("checkout.session").filter(
        (one) =>
          inRange(one.created, params.created) &&
          (params.customer === undefined || one.customer === params.customer) &&
          (params.customer_details === undefined || one.customer_details?.email === params.customer_details.email) &&
          // Sessions in subscription mode have no intent of their own.
          params.payment_intent === undefined &&
          (params.status === undefined || one.status === params.status) &&
          (params.subscription === undefined || one.subscription === params.subscription),
      );
      return pageOf(`/v1${path}`, sessions, params);
    },
  }),
  route({
    method: "GET",
    path: `${path}/:id`,
    call: "checkout.sessions.retrieve",
    permission: read,
    web: true,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("checkout.session", id),
  }),
  route({
    method: "GET",
    path: `${path}/:id/line_items`,
    call: "checkout.sessions.listLineItems",
    permission: read,
    params: z.strictObject(paging),
    run: ({ work, id, params }) => {
      // Lines are shown in the order in which they were given.
      const session = work.need("checkout.session", id);
      const lines = sells(session) ? checkoutOf(work, session).lines : [];
      const page = pageOf(`/v1${path}/${id}/line_items`, lines.toReversed(), params);
      return listOf(page.url, page.data, page.has_more);
    },
  }),
  route({
    method: "POST",
    path: `${path}/:id/expire`,
    call: "checkout.sessions.expire",
    permission: write,
    web: true,
    params: z.strictObject({}),
    run: ({ work, id }) => {
      const session = work.need("checkout.session", id);
      if (session.status === "open") return expireSession(work, session);
      throw invalid(
        `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
      );
    },
  }),
];
