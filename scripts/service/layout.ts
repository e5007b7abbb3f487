/** Where each part of one running copy lives: folders, ports, secrets and the settings of each process. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { asksMoney } from "../../lib/billing/prices.ts";

export const root = join(import.meta.dirname, "../..");
export const made = join(root, ".nameplate");

/** Ports are the base plus what the part's usual port ends in, so that a person can guess them. */
const offsets = {
  web: 0,
  stripe: 1,
  cloudflare: 2,
  mail: 3,
  smtp: 25,
  postgres: 32,
  edge: 43,
  dns: 53,
  redis: 79,
  edgeHttp: 80,
  ask: 81,
  relay: 88,
  metrics: 90,
} as const;
export type Part = keyof typeof offsets;
export type Ports = Readonly<Record<Part, number>>;
export const portsFrom = (base: number): Ports =>
  Object.fromEntries(Object.entries(offsets).map(([part, offset]) => [part, base + offset])) as Record<Part, number>;

/** How many ports from the base on one copy uses. */
export const portSpan = 100;

export interface Layout {
  readonly data: string;
  /** Folder of the sockets; its path is short, since a socket's path ends at 107 bytes. */
  readonly sockets: string;
  readonly ports: Ports;
  readonly secrets: Readonly<Record<string, string>>;
  /** What a person wrote into .env: it wins over everything here. */
  readonly own: Readonly<Record<string, string>>;
}

const secretNames = [
  "MASTER_KEY",
  "LINK_KEY",
  "AUTH_SECRET",
  "STRIPE",
  "STRIPE_WEB",
  "WEBHOOK",
  "CLOUDFLARE",
  "CLOUDFLARE_SEARCH",
  "POSTGRES",
  "TENANT_HOST",
  "REDIS",
];

/** Secrets are made once a data folder and stay: a new master key could not open the keys in escrow. */
function secretsOf(data: string): Record<string, string> {
  const file = join(data, "secrets.json");
  const known: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  for (const name of secretNames) known[name] ??= randomBytes(32).toString("hex");
  writeFileSync(file, JSON.stringify(known, null, 1), { mode: 0o600 });
  return known;
}

function readDotenv(): Record<string, string> {
  const dotenv = join(root, ".env");
  return existsSync(dotenv) ? (parseEnv(readFileSync(dotenv, "utf8")) as Record<string, string>) : {};
}

/** `own` replaces what .env says: a test copy must not speak to real vendors. */
export function layoutOf(
  data: string,
  sockets: string,
  base: number,
  own: Readonly<Record<string, string>> = readDotenv(),
): Layout {
  for (const folder of [
    "",
    "log",
    "homes/manifests",
    "homes/secrets",
    "www",
    "ledger/stripe",
    "ledger/cloudflare",
    "ledger/mail",
    "caddy",
  ]) {
    mkdirSync(join(data, folder), { recursive: true });
  }
  return { data, sockets, ports: portsFrom(base), secrets: secretsOf(data), own };
}

/**
 * A vendor is pretend as long as .env says nothing of it. As soon as it has one of its keys it must have them all: what is
 * missing is named before anything starts. Where nothing costs anything, nobody pretends to take money.
 */
export const pretend = ({ own }: Layout): { stripe: boolean; cloudflare: boolean; mail: boolean } => {
  const says = (prefix: string): boolean => Object.keys(own).some((name) => name.startsWith(prefix));
  return { stripe: !says("STRIPE_") && asksMoney(), cloudflare: !says("CLOUDFLARE_"), mail: !says("SMTP_") };
};

/** Stores that .env names are somebody's to run; the others are ours. */
export const ownStores = ({ own }: Layout): { postgres: boolean; redis: boolean } => ({
  postgres: !own["DATABASE_URL"] || !own["TENANT_DATABASE_URL"],
  redis: !own["REDIS_URL"],
});

export const caFile = ({ data }: Pick<Layout, "data">): string => join(data, "caddy/pki/authorities/local/root.crt");

/** The settings of our own processes (lib/env.ts), the sandbox's where .env has none. */
export function settings(layout: Layout): Record<string, string> {
  const { ports: p, secrets: s, data } = layout;
  const is = pretend(layout);
  const sandbox = is.stripe || is.cloudflare || is.mail;
  return {
    NODE_ENV: "production",
    WEB_URL: `http://localhost:${p.web}`,
    DATABASE_URL: `postgres://postgres:${s["POSTGRES"]}@127.0.0.1:${p.postgres}/nameplate`,
    TENANT_DATABASE_URL: `postgres://tenant_host:${s["TENANT_HOST"]}@127.0.0.1:${p.postgres}/postgres`,
    REDIS_URL: `redis://:${s["REDIS"]}@127.0.0.1:${p.redis}`,
    LINK_KEY: s["LINK_KEY"] ?? "",
    MASTER_KEY: s["MASTER_KEY"] ?? "",
    AUTH_SECRET: s["AUTH_SECRET"] ?? "",
    PASSWORD_SOCKET: join(layout.sockets, "password"),
    HOST_SOCKET: join(layout.sockets, "host"),
    SOCKET_FOLDER: join(layout.sockets, "s"),
    HOMES_FOLDER: join(data, "homes"),
    // Nothing private lies beside it: a path that climbs out of a host finds nothing.
    WWW_FOLDER: join(data, "www/hosts"),
    ...(sandbox ? { SANDBOX: "true" } : {}),
    ...(is.cloudflare ? pretendNames(layout) : { EDGE_HTTPS_PORT: "443", EDGE_HTTP_PORT: "80" }),
    ...(is.stripe
      ? {
          STRIPE_URL: `http://localhost:${p.stripe}`,
          STRIPE_TAX: "true",
          CHECKOUT_ORIGIN: `http://localhost:${p.stripe}`,
          PORTAL_ORIGIN: `http://localhost:${p.stripe}`,
          STRIPE_KEY: `sk_test_${s["STRIPE"]}`,
          STRIPE_WEB_KEY: `rk_test_${s["STRIPE_WEB"]}`,
          STRIPE_WEBHOOK_SECRETS: `whsec_${s["WEBHOOK"]}`,
          CALLS_STRIPE: "1000000",
        }
      : {}),
    ...(is.mail
      ? {
          SMTP_URL: `smtp://127.0.0.1:${p.smtp}`,
          SANDBOX_MAIL_URL: `http://localhost:${p.mail}`,
          SUPPORT_EMAIL: "help@nameplate.example",
          MAIL_FROM: "Nameplate <hello@nameplate.example>",
        }
      : {}),
    ...layout.own,
  };
}

/** Where names are pretend, so is the way to them: our own address book, our own certificate authority, high ports. */
function pretendNames({ ports: p, secrets: s, data }: Layout): Record<string, string> {
  return {
    CLOUDFLARE_URL: `http://localhost:${p.cloudflare}`,
    CLOUDFLARE_TOKEN: s["CLOUDFLARE"] ?? "",
    CLOUDFLARE_SEARCH_TOKEN: s["CLOUDFLARE_SEARCH"] ?? "",
    CLOUDFLARE_ACCOUNT: "0123456789abcdef0123456789abcdef",
    // A stand-in takes whatever it is asked.
    CALLS_CLOUDFLARE: "1000000",
    // Pretend names are bought by the dozen, all with the one test card.
    NAMES_PER_CARD: "1000",
    STRANGER_NAME: "stranger.nameplate.test",
    DNS_SERVER: `127.0.0.1:${p.dns}`,
    EDGE_ADDRESSES: "127.0.0.1",
    EDGE_PORT: String(p.edge),
    EDGE_LOCAL_PORT: String(p.edgeHttp),
    EDGE_LOOPBACK: `127.0.0.1:${p.edge}`,
    EDGE_HTTPS_PORT: String(p.edge),
    EDGE_HTTP_PORT: String(p.edgeHttp),
    EDGE_CA: "internal",
    EDGE_BIND: "127.0.0.1",
    EDGE_CA_FILE: caFile({ data }),
  };
}
