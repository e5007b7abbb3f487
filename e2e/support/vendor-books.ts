/** The payment vendor's books of one buyer, as its own API tells them. */
import { settings } from "../../scripts/service/layout.ts";
import { copy, urls } from "./copy.ts";

export interface VendorLine {
  readonly description: string;
  readonly amount: number;
  /** In seconds. */
  readonly period: { readonly start: number; readonly end: number };
}

export interface VendorInvoice {
  readonly id: string;
  readonly status: string;
  readonly total: number;
  readonly amount_paid: number;
  readonly created: number;
  readonly hosted_invoice_url: string | null;
  readonly lines: { readonly data: readonly VendorLine[] };
}

export interface VendorSubscription {
  readonly id: string;
  readonly customer: string;
  readonly status: string;
  readonly items: {
    readonly data: readonly { readonly current_period_end: number; readonly price: { readonly unit_amount: number } }[];
  };
}

const ask = async <T>(path: string): Promise<T> => {
  const answer = await fetch(`${urls.stripe}/v1/${path}`, {
    headers: { authorization: `Bearer ${settings(copy.layout)["STRIPE_KEY"]}` },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
};

const list = async <T>(path: string): Promise<readonly T[]> => (await ask<{ readonly data: T[] }>(path)).data;

export const customerOf = async (subscription: string): Promise<string> =>
  (await ask<VendorSubscription>(`subscriptions/${subscription}`)).customer;

/** Newest first; more than a hundred are not asked for. */
export const invoicesOf = (customer: string): Promise<readonly VendorInvoice[]> =>
  list<VendorInvoice>(`invoices?customer=${customer}&limit=100`);

export const subscriptionsOf = (customer: string): Promise<readonly VendorSubscription[]> =>
  list<VendorSubscription>(`subscriptions?customer=${customer}&status=all&limit=100`);
