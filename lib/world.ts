import type { Clock } from "./clock.ts";
import type { Db } from "./db.ts";
import type { Ids } from "./ids.ts";

/** What every domain verb is handed by the composition roots (lib/web.ts and workers/main.ts). */
export interface World {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Makes the links of set-up cards; see lib/households/card-secret.ts. */
  readonly linkKey: string;
  /** Tells the workers to look at something now. Losing a ring costs time, nothing else. */
  ring(bell: Bell): Promise<void>;
}

export type Bell =
  | { readonly kind: "tenant"; readonly tenantId: string }
  /** One look at every step that only reads: staff asked for it. */
  | { readonly kind: "look"; readonly tenantId: string }
  /** Questions to the parents of a home's children, and their answers. */
  | { readonly kind: "asks"; readonly tenantId: string }
  /** A child's rules are to be tried by a stranger of our own. */
  | { readonly kind: "trial"; readonly trialId: string }
  | { readonly kind: "order"; readonly orderId: string }
  /** What a customer of the payment vendor has and owes. */
  | { readonly kind: "bill"; readonly customerId: string }
  | { readonly kind: "mail" }
  | { readonly kind: "event"; readonly eventId: string };
