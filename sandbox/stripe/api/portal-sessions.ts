import { z } from "zod";
import { newPortalSession } from "../objects/portal-session.ts";
import { text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";

/** The one configuration of the portal, as saved in Stripe's dashboard. */
const configuration = "bpc_sandbox";

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
        }),
      );
    },
  }),
];
