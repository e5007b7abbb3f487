import { z } from "zod";
import { type Flow, newPortalSession } from "../objects/portal-session.ts";
import { text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";
import type { Work } from "../state/work.ts";

/** The one configuration of the portal, as saved in Stripe's dashboard. */
const configuration = "bpc_sandbox";

const flowData = z.strictObject({
  type: z.enum(["payment_method_update", "subscription_cancel"]),
  after_completion: z
    .strictObject({
      type: z.enum(["hosted_confirmation", "portal_homepage", "redirect"]),
      hosted_confirmation: z.strictObject({ custom_message: text(500).optional() }).optional(),
      redirect: z.strictObject({ return_url: z.url() }).optional(),
    })
    .optional(),
  subscription_cancel: z.strictObject({ subscription: text() }).optional(),
});

export const portalSessions = [
  route({
    method: "POST",
    path: "/billing_portal/sessions",
    call: "billingPortal.sessions.create",
    permission: "rak_customer_portal_write",
    web: true,
    params: z.strictObject({
      customer: text(),
      return_url: z.url().optional(),
      locale: text(10).optional(),
      configuration: z.literal(configuration).optional(),
      flow_data: flowData.optional(),
    }),
    run: ({ work, params }) => {
      const customer = work.need("customer", params.customer, "customer");
      const born = work.born("bps");
      return work.tell(
        "billing_portal.session.created",
        newPortalSession(born, {
          customer: customer.id,
          returnUrl: params.return_url ?? null,
          locale: params.locale ?? null,
          configuration,
          url: `${work.publicUrl}/p/session/${born.id}`,
          flow: params.flow_data ? flowOf(work, params.flow_data) : null,
        }),
      );
    },
  }),
];

function flowOf(work: Work, given: z.output<typeof flowData>): Flow {
  const after = given.after_completion;
  const subscription = given.subscription_cancel?.subscription;
  if (subscription !== undefined)
    work.need("subscription", subscription, "flow_data[subscription_cancel][subscription]");
  return {
    after_completion: {
      hosted_confirmation: after?.hosted_confirmation
        ? { custom_message: after.hosted_confirmation.custom_message ?? null }
        : null,
      redirect: after?.redirect ?? null,
      type: after?.type ?? "portal_homepage",
    },
    customer_update: null,
    subscription_cancel: subscription === undefined ? null : { retention: null, subscription },
    subscription_pause: null,
    subscription_update: null,
    subscription_update_confirm: null,
    type: given.type,
  };
}
