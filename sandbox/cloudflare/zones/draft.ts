import type { World } from "../world.ts";
import { cnameThere, exists, hostTaken, identical, noRecord, nsThere } from "./errors.ts";
import { type Normal, normalise, type RecordBody } from "./normalise.ts";
import type { DnsRecord, Zone } from "./record.ts";

/** Changes to one zone, tried on a copy: they happen all together, as one line of the ledger, or not at all. */
export class Draft {
  readonly #world: World;
  readonly #zone: Zone;
  readonly #records: Map<string, DnsRecord>;
  readonly #now: string;

  constructor(world: World, zone: Zone) {
    this.#world = world;
    this.#zone = zone;
    this.#records = new Map(world.recordsOf(zone.id));
    this.#now = world.clock.now().toISOString();
  }

  get(id: string): DnsRecord {
    const record = this.#records.get(id);
    if (!record) throw noRecord();
    return record;
  }

  create(body: RecordBody): DnsRecord {
    const normal = normalise(this.#zone.name, body);
    this.#refuseConflicts(normal, undefined);
    const record = { ...normal, id: this.#world.newId(), created: this.#now, modified: this.#now };
    this.#records.set(record.id, record);
    return record;
  }

  replace(id: string, body: RecordBody): DnsRecord {
    const before = this.get(id);
    const normal = normalise(this.#zone.name, body);
    this.#refuseConflicts(normal, id);
    const record = { ...normal, id, created: before.created, modified: this.#now };
    this.#records.set(id, record);
    return record;
  }

  /** What is not said stays as it is. */
  patch(id: string, body: Partial<RecordBody>): DnsRecord {
    const { id: _, created: __, modified: ___, ...before } = this.get(id);
    return this.replace(id, { ...before, tags: [...before.tags], data: before.data && { ...before.data }, ...body });
  }

  remove(id: string): DnsRecord {
    const record = this.get(id);
    this.#records.delete(id);
    return record;
  }

  commit(): void {
    const before = this.#world.recordsOf(this.#zone.id);
    const removed = [...before.keys()].filter((id) => !this.#records.has(id));
    const put = [...this.#records.values()].filter((record) => before.get(record.id) !== record);
    if (removed.length + put.length === 0) return;
    this.#world.happen({ kind: "records.changed", zoneId: this.#zone.id, removed, put });
  }

  #refuseConflicts(wanted: Normal, self: string | undefined): void {
    for (const other of this.#records.values()) {
      if (other.id === self || other.name !== wanted.name) continue;
      if (other.type === wanted.type && other.content === wanted.content)
        throw self === undefined ? identical() : exists();
      if (wanted.type === "CNAME" && isHost(other)) throw hostTaken();
      if (isHost(wanted) && other.type === "CNAME") throw cnameThere();
      // A delegation stands alone, except beside the zone's own name servers at its top.
      const delegates = (wanted.type === "NS") !== (other.type === "NS");
      if (delegates && wanted.name !== this.#zone.name) throw nsThere();
    }
  }
}

const isHost = ({ type }: { readonly type: string }): boolean => type === "A" || type === "AAAA" || type === "CNAME";

/** Tries `act` on a draft of the zone; what it did happens when it went well. */
export function change<T>(world: World, zone: Zone, act: (draft: Draft) => T): T {
  const draft = new Draft(world, zone);
  const result = act(draft);
  draft.commit();
  return result;
}
