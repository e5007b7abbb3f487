import type { Clock } from "@/lib/clock.ts";
import type { Ids } from "@/lib/ids.ts";
import type { Entry, Ledger } from "@/sandbox/shared/ledger.ts";
import type { Happening, NameState, Price, RegistrationOrder, Workflow } from "./happenings.ts";
import type { DnsRecord, Zone } from "./zones/record.ts";

export interface Registration {
  readonly order: RegistrationOrder;
  readonly created: string;
  readonly expires: string;
  readonly autoRenew: boolean;
  readonly changed: string;
  /** Another registrar asked for it. */
  readonly leaving?: boolean;
}

/** Everything this vendor knows: a fold over its ledger, which only `happen` may lengthen. */
export class World {
  readonly names = new Map<string, { readonly state: NameState; readonly price?: Price }>();
  /** By ending, where it is not what it was in the beginning. */
  readonly prices = new Map<string, Price>();
  readonly workflows = new Map<string, Workflow>();
  readonly registrations = new Map<string, Registration>();
  readonly zones = new Map<string, Zone>();
  readonly #zoneIds = new Map<string, string>();
  /** By zone id, then by record id. */
  readonly records = new Map<string, Map<string, DnsRecord>>();
  /** Grows with every change; the zones' serial. */
  changes = 0;

  readonly ledger: Ledger<Happening>;
  readonly clock: Clock;
  readonly #ids: Ids;

  constructor(ledger: Ledger<Happening>, clock: Clock, ids: Ids) {
    this.ledger = ledger;
    this.clock = clock;
    this.#ids = ids;
    ledger.follow((entry) => this.#apply(entry));
  }

  happen(happening: Happening): void {
    this.ledger.append(happening);
  }

  /** 32 hexadecimal digits, as this vendor's ids are. */
  newId(): string {
    return this.#ids.id("x").slice(2);
  }

  zoneNamed(name: string): Zone | undefined {
    const id = this.#zoneIds.get(name);
    return id === undefined ? undefined : this.zones.get(id);
  }

  recordsOf(zoneId: string): Map<string, DnsRecord> {
    return this.records.get(zoneId) ?? new Map();
  }

  #apply(entry: Entry<Happening>): void {
    this.changes += 1;
    switch (entry.kind) {
      case "name.set":
        this.names.set(entry.name, entry);
        break;
      case "ending.priced":
        this.prices.set(entry.ending, entry.price);
        break;
      case "registrations.create.received":
        break;
      case "workflow.begun":
        this.workflows.set(entry.workflow.order.name, { ...entry.workflow, begun: entry.at, moved: entry.at });
        break;
      case "workflow.moved":
        this.#move(entry);
        break;
      case "registered":
        this.#register(entry);
        break;
      case "registration.changed":
        this.#amend(entry.name, { autoRenew: entry.autoRenew, changed: entry.at });
        break;
      case "registration.renewed":
        this.#renew(entry);
        break;
      case "registration.removed":
        this.#remove(entry);
        break;
      case "registration.dated":
        this.#amend(entry.name, { created: entry.created });
        break;
      case "transfer.asked":
      case "transfer.refused":
        this.#amend(entry.name, { leaving: entry.kind === "transfer.asked", changed: entry.at });
        break;
      case "registration.transferred":
        this.registrations.delete(entry.name);
        this.workflows.delete(entry.name);
        this.names.set(entry.name, { state: "taken" });
        break;
      case "zone.created":
        this.#addZone(entry.id, entry.name, this.registrations.has(entry.name), entry.at);
        break;
      case "zone.deleted":
        this.#deleteZone(entry.id);
        break;
      case "records.changed":
        this.#changeRecords(entry);
        break;
    }
  }

  #move({ name, state, words, at }: Omit<Entry<Extract<Happening, { kind: "workflow.moved" }>>, "kind">): void {
    const before = this.workflows.get(name);
    if (!before) return;
    const { next: _, words: __, ...kept } = before;
    this.workflows.set(name, { ...kept, state, moved: at, ...(words !== undefined && { words }) });
  }

  #register({ order, zoneId, at }: Entry<Extract<Happening, { kind: "registered" }>>): void {
    const expires = new Date(at);
    expires.setUTCFullYear(expires.getUTCFullYear() + order.years);
    const registration = {
      order,
      created: at,
      expires: expires.toISOString(),
      autoRenew: order.autoRenew,
      changed: at,
    };
    this.registrations.set(order.name, registration);
    this.#move({ name: order.name, state: "succeeded", at });
    this.#addZone(zoneId, order.name, true, at);
  }

  #renew({ name, at }: Entry<Extract<Happening, { kind: "registration.renewed" }>>): void {
    const registration = this.registrations.get(name);
    if (!registration) return;
    const expires = new Date(registration.expires);
    expires.setUTCFullYear(expires.getUTCFullYear() + 1);
    this.registrations.set(name, { ...registration, expires: expires.toISOString(), changed: at });
  }

  #amend(name: string, change: Partial<Registration>): void {
    const registration = this.registrations.get(name);
    if (registration) this.registrations.set(name, { ...registration, ...change });
  }

  /** The zone stays, as it does when a name leaves for another registrar. */
  #remove({ name, at }: Entry<Extract<Happening, { kind: "registration.removed" }>>): void {
    this.registrations.delete(name);
    this.workflows.delete(name);
    const zone = this.zoneNamed(name);
    if (zone) this.zones.set(zone.id, { ...zone, status: "moved", modified: at });
  }

  /** A zone that was there already is the one that becomes active. */
  #addZone(id: string, name: string, active: boolean, at: string): void {
    const zone = this.zoneNamed(name) ?? { id, name, created: at, activated: null };
    const status = active ? "active" : "pending";
    this.#zoneIds.set(name, zone.id);
    this.zones.set(zone.id, {
      ...zone,
      status,
      modified: at,
      activated: active ? (zone.activated ?? at) : zone.activated,
    });
  }

  #deleteZone(id: string): void {
    this.#zoneIds.delete(this.zones.get(id)?.name ?? "");
    this.zones.delete(id);
    this.records.delete(id);
  }

  #changeRecords({ zoneId, removed, put }: Extract<Happening, { kind: "records.changed" }>): void {
    const records = new Map(this.recordsOf(zoneId));
    for (const id of removed) records.delete(id);
    for (const record of put) records.set(record.id, record);
    this.records.set(zoneId, records);
  }
}
