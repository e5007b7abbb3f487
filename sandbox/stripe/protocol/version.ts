/** The one version of Stripe's API that the stand-in speaks: what stripe-node 23.1 pins. */
export const apiVersion = "2026-10-28.endive";
