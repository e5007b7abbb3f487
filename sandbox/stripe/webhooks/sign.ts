import { createHmac } from "node:crypto";

/** The `Stripe-Signature` header for a body sent at `at` (unix seconds). */
export const signatureOf = (body: string, secret: string, at: number): string =>
  `t=${at},v1=${createHmac("sha256", secret).update(`${at}.${body}`).digest("hex")}`;
