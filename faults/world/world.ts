import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localSite } from "@/lib/caddy/local-site.ts";
import { cloudflareDns } from "@/lib/cloudflare/dns-host.ts";
import { cloudflareNameSearch } from "@/lib/cloudflare/name-search.ts";
import { cloudflareRegistrar } from "@/lib/cloudflare/registrar.ts";
import type { Ids } from "@/lib/ids.ts";
import { sendMails } from "@/lib/mail/send-mails.ts";
import type { Accounts } from "@/lib/provisioning/ports.ts";
import { allSteps } from "@/lib/provisioning/steps/index.ts";
import { stripeCashier } from "@/lib/stripe/cashier.ts";
import { stripeCheckoutDesk } from "@/lib/stripe/checkout-desk.ts";
import { stripeLedger } from "@/lib/stripe/ledger.ts";
import { stripeWebhookReader } from "@/lib/stripe/webhook-reader.ts";
import { makeSigningKey, openSeal, readSigningKey, seal } from "@/lib/synapse/escrow-crypto.ts";
import { homeSecrets } from "@/lib/synapse/home-secrets.ts";
import { keyEscrow } from "@/lib/tenants/key-escrow.ts";
import { renderSite } from "@/lib/tenants/render-site.ts";
import type { Bell, World as ProductWorld } from "@/lib/world.ts";
import { compose } from "@/workers/letters/compose.ts";
import { letterTools } from "@/workers/letters/letter-tools.ts";
import type { WorkerTools } from "@/workers/tools.ts";
import { Asks } from "./asks.ts";
import { Baton, randomFrom, textNumber } from "./baton.ts";
import type { Browser } from "./buyer.ts";
import { VirtualClock } from "./clock.ts";
import type { Database } from "./database.ts";
import { faulty, type HomeFault } from "./faulty.ts";
import { edgeAddress, Homes } from "./homes.ts";
import { seededIds } from "./ids.ts";
import { logInto } from "./log.ts";
import { Mailbox } from "./mailbox.ts";
import { type Past, readFolder, writeFolder } from "./past.ts";
import { type Fate, Process } from "./process.ts";
import { Strangers } from "./strangers.ts";
import { openVendors, type Vendors, webhookSecret } from "./vendors.ts";

/** Whoever finds one of these in a log, a job or an error has found a leak. */
export const canaries = {
  masterKey: "canary-master-key-of-the-simulated-world",
  linkKey: "canary-link-key-of-the-world",
};

export const webUrl = "https://nameplate.test";
/** The product's own default. */
const doubtSeconds = 60;

export type Web = ReturnType<SimWorld["web"]>;
export type Worker = WorkerTools & { readonly process: Process; readonly accounts: Accounts };

/** Everything there is, in one process and under one clock: the product's own code between a real PostgreSQL and the vendors. */
export class SimWorld {
  readonly clock: VirtualClock;
  readonly ids: Ids;
  readonly baton: Baton;
  readonly database: Database;
  readonly vendors: Vendors;
  readonly homes: Homes;
  readonly asks: Asks;
  readonly strangers: Strangers;
  readonly mailbox: Mailbox;
  /** Rings that were heard and not yet answered; emptied when Redis is. */
  rung: Bell[] = [];
  /** Every ring that Redis ever took, and when. */
  readonly rings: { readonly bell: Bell; readonly at: Date }[] = [];
  /** Redis is away: no ring is heard, and whoever rings is not held up by it. */
  redisRefuses = false;
  /** Where orders were begun. */
  readonly browsers: Browser[] = [];
  /** What was written to a log. */
  readonly said: string[] = [];
  /** Calls that go wrong on our own machines, by `port.method`; taken one after the other. */
  readonly homeFaults = new Map<string, (HomeFault | undefined)[]>();
  /** What needs a person's yes: in a case with many families and few cards, more names a card. */
  readonly limits = { wholesaleCap: 40, namesPerCard: 3 };
  /** What befalls processes; nothing unless a case says so. */
  fate: Fate = async () => undefined;
  /** What a case has planned for the end of its journey. */
  atEnd: () => Promise<void> = async () => undefined;
  readonly #folder: string;
  #workers = 0;

  /** With a `past` it goes on where that one was; the seed must be another, or ids come a second time. */
  constructor(database: Database, seed: string, past?: Past) {
    this.database = database;
    this.clock = new VirtualClock(past?.clock ?? "2026-11-24T21:06:00Z");
    this.ids = seededIds(seed);
    this.baton = new Baton(randomFrom(textNumber(seed)));
    this.#folder = mkdtempSync(join(tmpdir(), "nameplate-faults-"));
    if (past) writeFolder(this.#folder, past.folder);
    this.vendors = openVendors(this.#folder, this.clock, this.ids);
    const site = localSite(join(this.#folder, "www"));
    this.homes = new Homes(this.clock, this.vendors.registry, site);
    this.asks = new Asks(this.clock, this.homes);
    this.strangers = new Strangers(this.clock, this.homes);
    this.mailbox = new Mailbox(this.clock);
    if (past) this.#restore(past);
  }

  /** Everything outside of PostgreSQL that outlives our processes. */
  past(): Past {
    return {
      clock: this.clock.now().toISOString(),
      folder: readFolder(this.#folder),
      disks: { ...this.homes.disks(), asks: this.asks.all, strangers: this.strangers.all },
      letters: [...this.mailbox.letters],
      bells: this.rings.map(({ bell }) => bell),
      browsers: [...this.browsers],
    };
  }

  /** The web: what a buyer's browser talks to. */
  web() {
    const process = this.#process("web");
    const { stripeWeb, cloudflareSearch } = this.vendors.clients;
    return {
      ...this.#product(process),
      process,
      desk: process.port("desk", stripeCheckoutDesk(stripeWeb)),
      names: process.port("names", cloudflareNameSearch(cloudflareSearch)),
      webhooks: stripeWebhookReader(stripeWeb, [webhookSecret], this.clock),
    };
  }

  worker(): Worker {
    const process = this.#process(`worker-${++this.#workers}`);
    const product = this.#product(process);
    const letters = letterTools({
      db: process.db,
      webUrl,
      linkKey: canaries.linkKey,
      supportEmail: "help@nameplate.test",
    });
    const post = process.port("post", this.#faulty("post", this.mailbox));
    const hands = this.#hands(process, product);
    return {
      ...product,
      process,
      accounts: hands.accounts,
      log: logInto(this.said),
      steps: allSteps(hands),
      registrar: hands.registrar,
      asks: process.port("asks", this.#faulty("asks", bound(this.asks))),
      stranger: process.port("stranger", this.#faulty("stranger", bound(this.strangers))),
      witness: process.port("witness", this.#faulty("witness", bound(this.strangers))),
      cashier: process.port("cashier", stripeCashier(this.vendors.clients.stripe)),
      ledger: process.port("ledger", stripeLedger(this.vendors.clients.stripe)),
      doubtSeconds,
      holder: process.name,
      sendMails: () => sendMails({ ...product, post, compose: (mail) => compose(letters, mail) }),
    };
  }

  async close(): Promise<void> {
    await this.vendors.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #restore({ disks, letters, bells, browsers }: Past): void {
    this.homes.restore(disks);
    this.asks.all.push(...(disks.asks ?? []));
    this.strangers.restore(disks.strangers ?? []);
    this.mailbox.letters.push(...letters);
    this.rung.push(...bells);
    this.browsers.push(...browsers);
  }

  #process(name: string): Process {
    return new Process(name, this.baton, this.database.db, () => this.fate);
  }

  #product(process: Process): ProductWorld {
    return {
      db: process.db,
      clock: this.clock,
      ids: this.ids,
      linkKey: canaries.linkKey,
      ring: async (bell) => this.#ring(bell),
    };
  }

  #ring(bell: Bell): void {
    if (this.redisRefuses) return;
    this.rung.push(bell);
    this.rings.push({ bell, at: this.clock.now() });
  }

  #hands(process: Process, product: ProductWorld): Parameters<typeof allSteps>[0] {
    const { cloudflare } = this.vendors.clients;
    const own = <T extends object>(name: string, port: T): T => process.port(name, this.#faulty(name, port));
    const { masterKey } = canaries;
    return {
      registrar: process.port("registrar", cloudflareRegistrar(cloudflare)),
      dns: process.port("dns", cloudflareDns(cloudflare)),
      siteHome: own("siteHome", localSite(join(this.#folder, "www"))),
      renderSite: renderSite({ css: "", webUrl, supportEmail: "help@nameplate.test", sandbox: true }),
      homes: own("homes", bound(this.homes)),
      escrow: keyEscrow(product, {
        makeSigningKey: () => makeSigningKey(this.ids),
        readSigningKey,
        seal: (name, plain) => seal(masterKey, name, plain, this.ids),
        open: (name, sealed) => openSeal(masterKey, name, sealed),
        homeSecrets: (name) => homeSecrets(masterKey, name, ""),
      }),
      accounts: own("accounts", bound(this.homes)),
      edge: own("edge", bound(this.homes)),
      outside: own("outside", bound(this.homes)),
      edgeAddresses: [edgeAddress],
      limits: this.limits,
    };
  }

  /** A port of ours whose calls meet the faults planned for them. */
  #faulty<T extends object>(name: string, port: T): T {
    return new Proxy(port, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function" || typeof key !== "string") return value;
        const call = `${name}.${key}`;
        return (...given: unknown[]) =>
          faulty(call, this.homeFaults.get(call)?.shift(), async () => value.apply(target, given));
      },
    });
  }
}

/** Private fields are out of a proxy's reach: its methods must stay with their object. */
function bound<T extends object>(port: T): T {
  return new Proxy(port, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
