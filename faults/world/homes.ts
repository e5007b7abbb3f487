import { isDeepStrictEqual } from "node:util";
import { Refused, Unreachable } from "@/lib/errors.ts";
import type { Household } from "@/lib/provisioning/household.ts";
import type {
  Accounts,
  EdgeView,
  HomeNeeds,
  HomeserverHost,
  OutsideCheck,
  OutsideView,
  SiteHome,
} from "@/lib/provisioning/ports.ts";
import type { Dweller } from "@/lib/provisioning/step.ts";
import { readSigningKey } from "@/lib/synapse/escrow-crypto.ts";
import type { World as Registry } from "@/sandbox/cloudflare/world.ts";
import type { Asked } from "./asks.ts";
import type { VirtualClock } from "./clock.ts";
import type { StrangerThere } from "./strangers.ts";

/** What happened on our own machines, append-only, as the judge reads it. */
export interface HomeHappening {
  readonly at: string;
  readonly kind:
    | "born"
    | "key-served"
    | "account"
    | "removed"
    | "seen"
    | "stopped"
    | "started"
    | "told"
    | "asked"
    | "answered"
    | "let-in"
    | "locked"
    | "unlocked"
    | "closed"
    | "erased"
    | "stranger-came"
    | "stranger-went"
    | "stranger-remembered"
    | "stranger-forgotten";
  readonly name: string;
  readonly detail: string;
}

/** What they are called in their account, and whether they get in. */
interface Resident {
  readonly given: string;
  readonly locked?: boolean;
  readonly closed?: boolean;
  readonly erased?: boolean;
}

interface Home {
  readonly keyId: string;
  readonly publicKey: string;
  readonly accounts: Map<string, Resident>;
  /** What holds for its children. A past of before there were rules has none. */
  readonly household?: Household | null;
}

/** What is on their disks, as plain data. */
export interface Disks {
  readonly ledger: readonly HomeHappening[];
  readonly homes: readonly (Omit<Home, "accounts"> & {
    readonly name: string;
    /** A past of before anybody could be taken out has what each is called alone. */
    readonly accounts: Readonly<Record<string, string | Resident>>;
  })[];
  readonly handed: Readonly<Record<string, string>>;
  /** Homes without a process, which keep everything. A past of before there were any has none. */
  readonly stopped?: readonly string[];
  /** Questions to parents. A past of before there were any has none. */
  readonly asks?: readonly Asked[];
  /** Who tried children's rules. A past of before there were any has none. */
  readonly strangers?: readonly StrangerThere[];
}

const residentOf = ([part, kept]: [string, string | Resident]): [string, Resident] => [
  part,
  typeof kept === "string" ? { given: kept } : kept,
];

/** Hosts that answer only for names with an address here. */
export const edgeAddress = "203.0.113.7";

/**
 * Our own machines without their minutes: tenant host, accounts, edge and the look from outside, behind the product's own
 * ports. They keep what real ones keep (a home's key on its disk, accounts in its database) across every fault.
 */
export class Homes implements HomeserverHost, Accounts, EdgeView, OutsideView {
  readonly ledger: HomeHappening[] = [];
  readonly #homes = new Map<string, Home>();
  /** Keys that were handed over, each in its file. */
  readonly #handed = new Map<string, string>();
  readonly #stopped = new Set<string>();
  readonly #clock: VirtualClock;
  readonly #registry: Registry;
  readonly #site: SiteHome;

  constructor(clock: VirtualClock, registry: Registry, site: SiteHome) {
    this.#clock = clock;
    this.#registry = registry;
    this.#site = site;
  }

  disks(): Disks {
    return {
      ledger: [...this.ledger],
      homes: [...this.#homes].map(([name, home]) => ({ name, ...home, accounts: Object.fromEntries(home.accounts) })),
      handed: Object.fromEntries(this.#handed),
      stopped: [...this.#stopped],
    };
  }

  restore({ ledger, homes, handed, stopped = [] }: Disks): void {
    this.ledger.push(...ledger);
    for (const name of stopped) this.#stopped.add(name);
    for (const { name, accounts, ...home } of homes)
      this.#homes.set(name, { ...home, accounts: new Map(Object.entries(accounts).map(residentOf)) });
    // Whoever moved in before homes knew of rules is told apart by this.
    const told = new Set(ledger.filter(({ kind }) => kind === "told").map(({ name }) => name));
    for (const name of new Set(ledger.map((one) => one.name))) if (!told.has(name)) this.#note("told", name, "null");
    for (const [name, key] of Object.entries(handed)) this.#handed.set(name, key);
  }

  async state(name: string): ReturnType<HomeserverHost["state"]> {
    if (!this.#homes.has(name)) return undefined;
    const household = this.#homes.get(name)?.household ?? null;
    return { state: this.#stopped.has(name) ? "stopped" : "running", version: "1.0", household };
  }

  /** A key that is on the disk is adopted, never replaced. */
  async ensureRunning(name: string, { secrets, household }: HomeNeeds): Promise<void> {
    this.#handed.set(name, secrets.signingKey);
    if (this.#stopped.delete(name)) this.#note("started", name, "");
    const before = this.#homes.get(name);
    const { keyId, publicKey } = before ?? readSigningKey(secrets.signingKey);
    this.#homes.set(name, { keyId, publicKey, accounts: before?.accounts ?? new Map(), household });
    if (!before) this.#note("born", name, keyId);
    if (!isDeepStrictEqual(before?.household ?? null, household)) this.#note("told", name, JSON.stringify(household));
  }

  async ensureStopped(name: string): Promise<void> {
    if (this.#stopped.has(name)) return;
    this.#stopped.add(name);
    this.#note("stopped", name, "");
  }

  async handedKey(name: string): Promise<string | undefined> {
    return this.#handed.get(name);
  }

  async remove(name: string): Promise<void> {
    this.#handed.delete(name);
    this.#stopped.delete(name);
    if (this.#homes.delete(name)) this.#note("removed", name, "");
  }

  async servedKey(name: string): ReturnType<HomeserverHost["servedKey"]> {
    const home = this.#stopped.has(name) ? undefined : this.#homes.get(name);
    if (home) this.#note("key-served", name, home.keyId);
    return home && { keyId: home.keyId, publicKey: home.publicKey };
  }

  async findAccount(name: string, part: string): ReturnType<Accounts["findAccount"]> {
    const found = this.#need(name).accounts.get(part);
    if (!found) return undefined;
    const { given: displayName, locked = false, closed = false, erased = false } = found;
    return { displayName, locked, closed, erased };
  }

  async ensureAccount(name: string, person: Dweller): Promise<void> {
    const { accounts } = this.#need(name);
    if (accounts.has(person.part)) return;
    accounts.set(person.part, { given: person.given });
    this.#note("account", name, person.part);
  }

  async setSecret(): Promise<void> {}

  async lockAccount(name: string, part: string, locked: boolean): Promise<void> {
    const { accounts } = this.#need(name);
    const found = accounts.get(part);
    if (!found) throw new Refused("No such account", { vendor: "Synapse", call: "lock an account" });
    if ((found.locked ?? false) === locked) return;
    accounts.set(part, { ...found, locked });
    this.#note(locked ? "locked" : "unlocked", name, part);
  }

  async closeAccount(name: string, part: string, { erase }: { readonly erase: boolean }): Promise<void> {
    const { accounts } = this.#need(name);
    const found = accounts.get(part);
    if (!found) throw new Refused("No such account", { vendor: "Synapse", call: "close an account" });
    if (found.closed && (found.erased || !erase)) return;
    accounts.set(part, { ...found, closed: true, erased: erase });
    if (!found.closed) this.#note("closed", name, part);
    if (erase) this.#note("erased", name, part);
  }

  async certificate(host: string): ReturnType<EdgeView["certificate"]> {
    if (!this.#addresses(host)) return { ok: false, why: "The name leads elsewhere" };
    if (!(await this.#site.read(host))) return { ok: false, why: "Nothing is published" };
    return { ok: true, validUntil: new Date(this.#clock.now().getTime() + 90 * 86_400_000).toISOString() };
  }

  async look(name: string, expected: Parameters<OutsideView["look"]>[1]): Promise<readonly OutsideCheck[]> {
    const home = this.#homes.get(name);
    const answers = !this.#stopped.has(name);
    const published = (await this.#site.read(name)) !== undefined;
    const checks = [
      { what: "address book", ok: this.#addresses(name), detail: "" },
      { what: "server discovery", ok: published, detail: "" },
      ...(expected.asleep
        ? []
        : [{ what: "keys", ok: answers && home?.keyId === expected.keyId, detail: home?.keyId ?? "no home" }]),
    ];
    if (checks.every(({ ok }) => ok)) this.#note("seen", name, "");
    return checks;
  }

  /** Whether the registry sends the world to us for this host. */
  #addresses(host: string): boolean {
    const name = host.replace(/^www\./, "");
    const zone = this.#registry.zoneNamed(name);
    if (zone?.status !== "active") return false;
    const records = [...this.#registry.recordsOf(zone.id).values()];
    return records.some((one) => one.type === "A" && one.name === host && one.content === edgeAddress);
  }

  #need(name: string): Home {
    const home = this.#homes.get(name);
    if (!home || this.#stopped.has(name))
      throw new Unreachable("The home does not answer", { vendor: "Synapse", call: "find an account" });
    return home;
  }

  #note(kind: HomeHappening["kind"], name: string, detail: string): void {
    this.ledger.push({ at: this.#clock.now().toISOString(), kind, name, detail });
  }
}
