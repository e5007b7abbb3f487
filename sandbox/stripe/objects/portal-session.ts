import type { Born } from "./shared.ts";

/** The one thing a session is for; without, it shows everything. */
export interface Flow {
  readonly after_completion: {
    readonly hosted_confirmation: { readonly custom_message: string | null } | null;
    readonly redirect: { readonly return_url: string } | null;
    readonly type: "hosted_confirmation" | "portal_homepage" | "redirect";
  };
  readonly customer_update: null;
  readonly subscription_cancel: { readonly retention: null; readonly subscription: string } | null;
  readonly subscription_pause: null;
  readonly subscription_update: null;
  readonly subscription_update_confirm: null;
  readonly type: "payment_method_update" | "subscription_cancel";
}

interface Given {
  readonly customer: string;
  readonly returnUrl: string | null;
  readonly locale: string | null;
  readonly configuration: string;
  readonly url: string;
  readonly flow: Flow | null;
}

export type PortalSession = ReturnType<typeof newPortalSession>;
export const newPortalSession = ({ id, created }: Born, given: Given) => ({
  id,
  object: "billing_portal.session" as const,
  configuration: given.configuration,
  created,
  customer: given.customer,
  customer_account: null,
  flow: given.flow,
  livemode: false,
  locale: given.locale,
  on_behalf_of: null,
  return_url: given.returnUrl,
  url: given.url,
});
