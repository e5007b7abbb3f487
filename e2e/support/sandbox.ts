/** The stand-ins' control endpoints: what they hold, and what they are told to do wrong. */
import { settings } from "../../scripts/service/layout.ts";
import { copy, urls } from "./copy.ts";

type Vendor = "stripe" | "cloudflare" | "mail";
export type FaultKind =
  | "refuse"
  | "timeout-before"
  | "timeout-after"
  | "500-before"
  | "500-after"
  | "429"
  | "slow"
  | "malformed";

async function call<T>(vendor: Vendor, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${urls[vendor]}/_sandbox/${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
  });
  if (!answer.ok) throw new Error(`${vendor} ${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const planFault = (
  vendor: Vendor,
  fault: { call: string; kind: FaultKind; times?: number; ms?: number; skip?: number; words?: string },
): Promise<void> => call(vendor, "POST", "faults", fault);
/** Whether a planned fault was met: the call is being held, or is over. */
export const faultMet = async (vendor: Vendor, name: string): Promise<boolean> =>
  !(await call<readonly { call: string }[]>(vendor, "GET", "faults")).some((fault) => fault.call === name);
export const forgetFaults = async (): Promise<void> => {
  for (const vendor of ["stripe", "cloudflare", "mail"] as const) await call(vendor, "DELETE", "faults");
};

export const setName = (name: string, state: "taken" | "premium" | "available"): Promise<void> =>
  call("cloudflare", "PUT", `names/${name}`, { state });
export const nextRegistration = (plan: {
  name?: string;
  outcome: "succeeded" | "pending" | "action_required" | "blocked" | "failed";
  afterMs?: number;
  words?: string;
}): Promise<void> => call("cloudflare", "PUT", "registrations/next", plan);
export const advanceRegistration = (name: string, state: string, words?: string): Promise<void> =>
  call("cloudflare", "POST", `registrations/${name}/advance`, { state, ...(words ? { words } : {}) });
/** As if the name had been registered so many days ago: a new one may not leave. */
export const registeredDaysAgo = (name: string, days: number): Promise<void> =>
  call("cloudflare", "PUT", `registrations/${name}`, {
    created: new Date(Date.now() - days * 86_400_000).toISOString(),
  });
/** Another registrar asks for the name, and has it. */
export const transferAway = (name: string, state: "asked" | "done"): Promise<void> =>
  call("cloudflare", "POST", `registrations/${name}/transfer`, { state });
export const webhooks = (
  mode: "normal" | "lost" | "duplicate" | "reorder" | "duplicate-reorder" | "delay",
  ms?: number,
): Promise<void> => call("stripe", "PUT", "webhooks", { mode, ...(ms ? { ms } : {}) });

/** Sends one event again, now, whatever became of it before. */
export const redeliver = (event: string): Promise<void> => call("stripe", "POST", "webhooks/redeliver", { event });
export interface Delivery {
  readonly event: string;
  readonly type: string;
  /** Whether our endpoint asked for events of this type. */
  readonly wanted: boolean;
  readonly delivered: boolean;
  readonly lost: boolean;
  readonly tries: readonly { readonly at: string; readonly status: number | null }[];
}
/** Every event, newest first, with what became of it. */
export const deliveries = async (): Promise<readonly Delivery[]> =>
  (await call<{ deliveries: readonly Delivery[] }>("stripe", "GET", "webhooks")).deliveries;

export interface LedgerEntry {
  readonly at: string;
  readonly kind: string;
  readonly [key: string]: unknown;
}
/** Everything that happened at a vendor, in order; the product cannot write here. */
export const ledger = (vendor: Vendor, kind?: string): Promise<readonly LedgerEntry[]> =>
  call(vendor, "GET", `ledger${kind ? `?kind=${encodeURIComponent(kind)}` : ""}`);

/** Somebody buys a name in our account without the product, as on the registrar's own pages. */
export async function buyElsewhere(name: string): Promise<void> {
  const { CLOUDFLARE_TOKEN, CLOUDFLARE_ACCOUNT } = settings(copy.layout);
  const answer = await fetch(`${urls.cloudflare}/client/v4/accounts/${CLOUDFLARE_ACCOUNT}/registrar/registrations`, {
    method: "POST",
    headers: { authorization: `Bearer ${CLOUDFLARE_TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({ domain_name: name, contacts: { registrant } }),
  });
  if (!answer.ok) throw new Error(`The registrar answered ${answer.status}: ${await answer.text()}`);
}
const registrant = {
  email: "office@nameplate.example",
  phone: "+44.7700900123",
  postal_info: {
    name: "Nameplate",
    address: { street: "14 Mill Lane", city: "Frome", state: "Somerset", postal_code: "BA11 1AA", country_code: "GB" },
  },
};

/** How often the registrar was asked to register this name, and how often it did. */
export async function purchases(name: string): Promise<{ posts: number; registered: number }> {
  const of = async (kind: string): Promise<number> =>
    (await ledger("cloudflare", kind)).filter((entry) => JSON.stringify(entry).includes(`"${name}"`)).length;
  return { posts: await of("registrations.create.received"), registered: await of("registered") };
}

export interface SandboxMail {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly links: readonly string[];
}
/** Mails to one address, newest first. */
export const mailsTo = (address: string): Promise<readonly SandboxMail[]> =>
  call("mail", "GET", `mails?to=${encodeURIComponent(address)}`);

/** The subscription that somebody with this e-mail has at the payment vendor. */
export async function subscriptionOf(email: string): Promise<string> {
  const sessions = (await ledger("stripe", "checkout.session.completed")).map(
    (entry) => entry["object"] as { customer_email?: string; subscription?: string },
  );
  const found = sessions.find((session) => session.customer_email === email)?.subscription;
  if (!found) throw new Error(`Nobody with ${email} has paid`);
  return found;
}

/** The newest payment of somebody with this e-mail is disputed, as a bank does it. Says the dispute's id. */
export async function dispute(email: string, as: "fraudulent" | "inquiry" = "fraudulent"): Promise<string> {
  const { id } = await call<{ id: string }>("stripe", "POST", "disputes", { charge: await chargeOf(email), as });
  return id;
}
/** The bank decides. */
export const decide = (id: string, status: "won" | "lost" | "warning_closed"): Promise<void> =>
  call("stripe", "POST", "disputes/close", { dispute: id, status });

async function chargeOf(email: string): Promise<string> {
  const sessions = (await ledger("stripe", "checkout.session.completed")).map(
    (entry) => entry["object"] as { customer_email?: string; customer?: string },
  );
  const customer = sessions.find((session) => session.customer_email === email)?.customer;
  const charges = (await ledger("stripe", "charge.succeeded")).map(
    (entry) => entry["object"] as { id: string; customer?: string },
  );
  const found = charges.findLast((charge) => charge.customer === customer);
  if (!customer || !found) throw new Error(`Nobody with ${email} has paid`);
  return found.id;
}

/** A code of the operator's, made as on the payment vendor's own pages. Says what a customer types. */
export async function codeFor(coupon: Readonly<Record<string, string>>): Promise<string> {
  const { STRIPE_KEY } = settings(copy.layout);
  const make = async (what: string, body: Readonly<Record<string, string>>): Promise<{ id: string; code: string }> => {
    const answer = await fetch(`${urls.stripe}/v1/${what}`, {
      method: "POST",
      headers: { authorization: `Bearer ${STRIPE_KEY}` },
      body: new URLSearchParams(body),
    });
    if (!answer.ok) throw new Error(`${what} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as { id: string; code: string };
  };
  const { id } = await make("coupons", coupon);
  return (await make("promotion_codes", { "promotion[type]": "coupon", "promotion[coupon]": id })).code;
}

/** Ends what is paid for now: the next bill is drawn and charged at once, or the subscription ends. */
export const renewBill = (subscription: string): Promise<void> => call("stripe", "POST", "renew", { subscription });
