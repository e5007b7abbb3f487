import { Refused, Unreachable } from "../../errors.ts";
import type { Household } from "../household.ts";
import type { RegistrationWorkflow, SiteFile, ZoneRecord } from "../ports.ts";
import { reconcile } from "../reconcile.ts";
import { type Policy, provision, type Tenant, type Want } from "../step.ts";
import { allSteps, type Hands } from "../steps/index.ts";
import { MemoryJournal } from "./memory-journal.ts";
import { TestClock } from "./test-clock.ts";

/** `late`: an earlier try that was given up takes effect just now, and this one is refused because of it. */
export type Mishap = "refuse" | "late" | "lost-before" | "lost-after" | "slow-down" | "crash-before" | "crash-after";

export const smith: Tenant = {
  id: "ten_1",
  name: "smith.family",
  people: [
    { id: "per_1", given: "Anna", part: "anna", child: false, runsHome: true, page: true },
    { id: "per_2", given: "Mia", part: "mia", child: true, runsHome: false, page: false },
  ],
  household: null,
  registrant: {
    fullName: "Anna Smith",
    email: "anna@post.example",
    phone: "+447700900123",
    street: "14 Mill Lane",
    city: "Frome",
    state: "Somerset",
    postalCode: "BA11 1AA",
    country: "GB",
    extra: {},
  },
  quoted: { currency: "USD", registration: "17.80", renewal: "17.80" },
  approvedPrice: null,
  card: { risk: "normal", namesToday: 1 },
};

const vendor = { vendor: "test", call: "call" };
class Crash extends Error {}

/** The whole outside in memory: enough to run the real engine with its real steps through any mishap. */
export class SmallWorld {
  readonly clock = new TestClock();
  readonly journal = new MemoryJournal(this.clock);
  readonly writes: string[] = [];
  readonly mishaps = new Map<string, Mishap[]>();
  /** What each home was told about its children. */
  readonly households = new Map<string, Household | null>();
  registered = new Map<string, { autoRenew: boolean }>();
  /** Whether the registrar lists what it sold. */
  visible = true;
  workflow: RegistrationWorkflow | undefined;
  price = { currency: "USD", registration: "17.80", renewal: "17.80" };
  available: "available" | "taken" | "premium" | "unsupported" = "available";
  zones = new Map<string, string>();
  lines: ZoneRecord[] = [];
  pages = new Map<string, readonly SiteFile[]>();
  keys = new Map<string, string>();
  /** Running homes, with the key each was started with. */
  homes = new Map<string, string>();
  /** Whether they sleep; each request to one wakes it. */
  sleeping = false;
  /** Stopped homes: whoever asks them hears nothing. */
  stopped = new Set<string>();
  wakes = 0;
  accounts = new Set<string>();
  locked = new Set<string>();
  closed = new Set<string>();
  purchases = 0;

  /** Makes one write, with whatever mishap is planned for it. */
  async #write(call: string, effect: () => void): Promise<void> {
    this.writes.push(call);
    const mishap = this.mishaps.get(call)?.shift();
    if (mishap === "refuse") throw new Refused("That is not possible", vendor);
    if (mishap === "slow-down") throw new Unreachable("Slow down", vendor, "none");
    if (mishap === "lost-before") throw new Unreachable("No answer", vendor);
    if (mishap === "crash-before") throw new Crash("killed");
    effect();
    if (mishap === "late") throw new Refused("That is there already", vendor);
    if (mishap === "lost-after") throw new Unreachable("No answer", vendor);
    if (mishap === "crash-after") throw new Crash("killed");
  }

  /** Whatever asks the home itself. */
  #knock(name: string): boolean {
    if (this.sleeping) this.wakes += 1;
    this.sleeping = false;
    if (this.stopped.has(name)) throw new Unreachable("Nobody listens", vendor, "none");
    return this.homes.has(name);
  }

  #state(name: string): "stopped" | "asleep" | "running" {
    return this.stopped.has(name) ? "stopped" : this.sleeping ? "asleep" : "running";
  }

  plan(call: string, ...mishaps: Mishap[]): void {
    this.mishaps.set(call, mishaps);
  }

  hands(): Hands {
    return {
      registrar: {
        find: async (name) =>
          this.visible && this.registered.has(name)
            ? {
                status: "active",
                autoRenew: this.registered.get(name)?.autoRenew ?? false,
                registeredAt: "2026-11-24T21:06:00Z",
                expiresAt: "2027-11-24T21:06:00Z",
              }
            : undefined,
        listNames: async () => (this.visible ? [...this.registered.keys()] : []),
        workflow: async () => this.workflow,
        check: async (name) => {
          if (this.registered.has(name)) return { kind: "taken" };
          return this.available === "available" ? { kind: "available", price: this.price } : { kind: this.available };
        },
        renewalPrice: async () => this.price,
        register: (name) =>
          this.#write("register", () => {
            this.purchases++;
            this.registered.set(name, { autoRenew: true });
          }),
        setAutoRenew: (name, autoRenew) =>
          this.#write("auto-renew", () => void this.registered.set(name, { autoRenew })),
      },
      dns: {
        findZone: async (name) =>
          this.zones.has(name)
            ? { id: this.zones.get(name) ?? "", active: true, nameServers: ["a.ns.test", "b.ns.test"] }
            : undefined,
        createZone: (name) => this.#write("zone", () => void this.zones.set(name, `zone-${name}`)),
        deleteZone: () => this.#write("delete-zone", () => this.zones.clear()),
        records: async (zoneId) => {
          if (![...this.zones.values()].includes(zoneId)) throw new Refused("There is no such zone", vendor);
          return this.lines;
        },
        createRecord: (_, line) =>
          this.#write(
            "record",
            () => void this.lines.push({ ...line, id: `rec-${this.lines.length}-${this.writes.length}`, ours: true }),
          ),
        deleteRecord: (_, id) =>
          this.#write("delete-record", () => {
            this.lines = this.lines.filter((line) => line.id !== id);
          }),
      },
      siteHome: {
        read: async (host) => this.pages.get(host),
        publish: (host, files) => this.#write("publish", () => void this.pages.set(host, files)),
        withdraw: (host) => this.#write("withdraw", () => void this.pages.delete(host)),
      },
      renderSite: (tenant) => new Map([[tenant.name, [{ path: "anna/index.html", content: "Anna" }]]]),
      homes: {
        state: async (name) =>
          this.homes.has(name)
            ? { state: this.#state(name), version: "1.0", household: this.households.get(name) ?? null }
            : undefined,
        ensureRunning: (name, { household }) =>
          this.#write("home", () => {
            this.stopped.delete(name);
            this.households.set(name, household);
            this.homes.set(name, this.keys.get(name) ?? "none");
          }),
        ensureStopped: (name) => this.#write("stop-home", () => void this.stopped.add(name)),
        remove: (name) => this.#write("remove-home", () => void this.homes.delete(name)),
        handedKey: async (name) => this.homes.get(name),
        servedKey: async (name) =>
          this.#knock(name) ? { keyId: this.homes.get(name) ?? "", publicKey: "public" } : undefined,
      },
      escrow: {
        find: async (name) =>
          this.keys.has(name) ? { keyId: this.keys.get(name) ?? "", publicKey: "public" } : undefined,
        create: async (name) => {
          await this.#write(
            "key",
            () => void this.keys.set(name, this.keys.get(name) ?? `ed25519:a_${this.keys.size}`),
          );
          return { keyId: this.keys.get(name) ?? "", publicKey: "public" };
        },
        adopt: async (name, keyId) => {
          await this.#write("key", () => void this.keys.set(name, keyId));
          return { keyId, publicKey: "public" };
        },
        secretsFor: async () => ({ signingKey: "k", registrationSecret: "r", macaroonSecret: "m", formSecret: "f" }),
      },
      accounts: {
        findAccount: async (name, part) => {
          const id = `@${part}:${name}`;
          if (!this.#knock(name) || !this.accounts.has(id)) return undefined;
          return { displayName: part, locked: this.locked.has(id), closed: this.closed.has(id), erased: false };
        },
        ensureAccount: (name, person) =>
          this.#write("account", () => void this.accounts.add(`@${person.part}:${name}`)),
        setSecret: async () => undefined,
        lockAccount: (name, part, locked) =>
          this.#write("lock", () => void this.locked[locked ? "add" : "delete"](`@${part}:${name}`)),
        closeAccount: (name, part) => this.#write("close", () => void this.closed.add(`@${part}:${name}`)),
      },
      edge: {
        certificate: async (host) =>
          this.pages.has(host.replace(/^www\./, ""))
            ? { ok: true, validUntil: "2027-02-22T00:00:00Z" }
            : { ok: false, why: "Nothing is published" },
      },
      outside: {
        look: async (name, { asleep }) => {
          const ok = (asleep || this.#knock(name)) && this.homes.has(name) && this.accounts.size > 0;
          return [{ what: "server", ok, detail: "" }];
        },
      },
      edgeAddresses: ["203.0.113.7"],
      limits: { wholesaleCap: 40, namesPerCard: 3 },
    };
  }

  /** One run, as a worker does it; a crash ends it as a kill would, and what was kept stays. */
  async run(
    want: Want = "present",
    policy: Policy = provision,
    tenant: Tenant = smith,
  ): Promise<Record<string, string>> {
    const { clock, journal } = this;
    const report = await reconcile(allSteps(this.hands()), journal.storedKnown(), {
      tenant,
      want,
      policy,
      journal,
      clock,
      doubtSeconds: 60,
    });
    for (const bug of report.bugs) if (!(bug instanceof Crash)) throw bug;
    return Object.fromEntries(
      [...report.findings].map(([name, finding]) => [
        name,
        "reason" in finding ? `${finding.state}: ${finding.reason.code}` : finding.state,
      ]),
    );
  }

  /** Runs, with time passing in between, until everything is settled or nothing changes any more. */
  async runUntilQuiet(want: Want = "present", tenant: Tenant = smith): Promise<Record<string, string>> {
    let last = {};
    for (let round = 0; round < 12; round++) {
      last = await this.run(want, provision, tenant);
      if (Object.values(last).every((state) => state === "settled")) break;
      this.clock.pass(61);
    }
    return last;
  }
}

export const allSettled = {
  domain: "settled",
  zone: "settled",
  records: "settled",
  site: "settled",
  homeserver: "settled",
  certificate: "settled",
  owner: "settled",
  "seen-from-outside": "settled",
};
