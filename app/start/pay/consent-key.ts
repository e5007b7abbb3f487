import { type Bill, isFree } from "@/lib/billing/bill.ts";
import { asksMoney } from "@/lib/billing/prices.ts";

/** Which words stand above the button, and are kept with the order. */
export function consentKey(bill: Bill): "consent" | "consentFree" | "consentGiven" {
  if (!isFree(bill)) return "consent";
  return asksMoney() ? "consentFree" : "consentGiven";
}
