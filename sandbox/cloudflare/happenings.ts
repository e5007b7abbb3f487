import type { Contact } from "./registrar/contact.ts";
import type { DnsRecord } from "./zones/record.ts";

/** What can happen in this stand-in. Everything else it knows is folded from these (world.ts). */
export type Happening =
  /** Over the control endpoint: the registry's view of a name, other than what follows from rules. */
  | { readonly kind: "name.set"; readonly name: string; readonly state: NameState; readonly price?: Price }
  /** Over the control endpoint: what every name of an ending asks from now on. */
  | { readonly kind: "ending.priced"; readonly ending: string; readonly price: Price }
  /** A POST to register arrived, before anything came of it: what tests count. */
  | { readonly kind: "registrations.create.received"; readonly name: string | null }
  | { readonly kind: "workflow.begun"; readonly workflow: Omit<Workflow, "begun" | "moved"> }
  | { readonly kind: "workflow.moved"; readonly name: string; readonly state: WorkflowState; readonly words?: string }
  /** Money was spent. `zoneId` is the zone's that comes with the name, unless there was one. */
  | { readonly kind: "registered"; readonly order: RegistrationOrder; readonly zoneId: string }
  | { readonly kind: "registration.changed"; readonly name: string; readonly autoRenew: boolean }
  /** A year more, at the registrar's own time. */
  | { readonly kind: "registration.renewed"; readonly name: string }
  | { readonly kind: "registration.removed"; readonly name: string }
  /** Over the control endpoint: as if it had been registered then. */
  | { readonly kind: "registration.dated"; readonly name: string; readonly created: string }
  /** Another registrar asks for the name with its code or tag, or the transfer comes to nothing. */
  | { readonly kind: "transfer.asked" | "transfer.refused"; readonly name: string }
  /** It is that registrar's now: taken, with the name servers it had. */
  | { readonly kind: "registration.transferred"; readonly name: string }
  | { readonly kind: "zone.created"; readonly id: string; readonly name: string }
  | { readonly kind: "zone.deleted"; readonly id: string }
  /** All of one request, or nothing: a batch is one entry. */
  | {
      readonly kind: "records.changed";
      readonly zoneId: string;
      readonly removed: readonly string[];
      readonly put: readonly DnsRecord[];
    };

export type NameState = "taken" | "premium" | "available";

/** A year's wholesale price: decimal strings of US dollars. */
export interface Price {
  readonly registration: string;
  readonly renewal: string;
}

export const workflowStates = ["pending", "in_progress", "action_required", "blocked", "succeeded", "failed"] as const;
export type WorkflowState = (typeof workflowStates)[number];

/** What the buyer asked for. */
export interface RegistrationOrder {
  readonly name: string;
  readonly years: number;
  readonly autoRenew: boolean;
  readonly privacyMode: "off" | "redaction";
  readonly registrant: Contact;
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface Workflow {
  readonly order: RegistrationOrder;
  readonly state: WorkflowState;
  readonly words?: string;
  /** What becomes of it by itself at a time. */
  readonly next?: { readonly at: string; readonly state: WorkflowState; readonly words?: string };
  /** Times, folded from the ledger. */
  readonly begun: string;
  readonly moved: string;
}
