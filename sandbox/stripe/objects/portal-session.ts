import type { Born } from "./shared.ts";

interface Given {
  readonly customer: string;
  readonly returnUrl: string | null;
  readonly locale: string | null;
  readonly configuration: string;
  readonly url: string;
}

export type PortalSession = ReturnType<typeof newPortalSession>;
export const newPortalSession = ({ id, created }: Born, given: Given) => ({
  id,
  object: "billing_portal.session" as const,
  configuration: given.configuration,
  created,
  customer: given.customer,
  customer_account: null,
  flow: null,
  livemode: false,
  locale: given.locale,
  on_behalf_of: null,
  return_url: given.returnUrl,
  url: given.url,
});
