/** Every program of one running copy, in the order in which they start. */

import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { caFile, type Layout, made, pretend, root, settings } from "./layout.ts";
import { type Program, portAnswers, urlAnswers } from "./process.ts";

const python = join(made, "python/bin/python");
const node = join(root, "node_modules/.bin/node");
const isRoot = process.getuid?.() === 0;

/** Debian keeps the server's programs beside each other, a folder a version. */
export function postgresBin(): string {
  const found = execFileSync("bash", ["-c", "ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1"], {
    encoding: "utf8",
  }).trim();
  if (!found) throw new Error("PostgreSQL is not installed.");
  return found;
}

/** PostgreSQL refuses to run as root; the capability lets its user pass closed folders above ours. Development only. */
const asPostgres = (command: readonly string[]): [string, ...string[]] =>
  (isRoot
    ? [
        "setpriv",
        "--reuid=postgres",
        "--regid=postgres",
        "--init-groups",
        "--inh-caps=+dac_read_search",
        "--ambient-caps=+dac_read_search",
        ...command,
      ]
    : [...command]) as [string, ...string[]];

function initPostgres(layout: Layout): void {
  const folder = join(layout.data, "pg");
  if (existsSync(join(folder, "PG_VERSION"))) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const password = join(layout.data, "pg.password");
  writeFileSync(password, layout.secrets["POSTGRES"] ?? "", { mode: 0o600 });
  if (isRoot) {
    const [uid, gid] = execFileSync("bash", ["-c", "id -u postgres; id -g postgres"], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map(Number);
    for (const path of [folder, password]) chownSync(path, uid ?? 0, gid ?? 0);
  }
  const [file, ...args] = asPostgres([
    `${postgresBin()}/initdb`,
    "-D",
    folder,
    "-U",
    "postgres",
    "--auth-local=reject",
    "--auth-host=scram-sha-256",
    `--pwfile=${password}`,
    "--encoding=UTF8",
    "--locale=C.UTF-8",
  ]);
  execFileSync(file, args, { stdio: ["ignore", "ignore", "pipe"] });
}

export function postgres(layout: Layout): Program {
  initPostgres(layout);
  const { ports, data } = layout;
  return {
    name: "postgres",
    // 400 connections: three a homeserver awake, and our own.
    command: asPostgres([
      `${postgresBin()}/postgres`,
      "-D",
      join(data, "pg"),
      "-p",
      String(ports.postgres),
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      "-c",
      "max_connections=400",
    ]),
    // pg_isready would also answer for a server that is shutting down.
    ready: async () =>
      readFileSync(join(data, "pg/postmaster.pid"), "utf8").includes("ready") && (await portAnswers(ports.postgres)),
    within: 60,
  };
}

export function redis(layout: Layout): Program {
  mkdirSync(join(layout.data, "redis"), { recursive: true });
  const { ports, data } = layout;
  return {
    name: "redis",
    command: [
      "redis-server",
      "--bind",
      "127.0.0.1",
      "--port",
      String(ports.redis),
      "--dir",
      join(data, "redis"),
      "--appendonly",
      "yes",
      "--maxmemory-policy",
      "noeviction",
      "--save",
      "",
    ],
    ready: () => portAnswers(ports.redis),
    within: 20,
  };
}

/** What is to be started beside the two stores, with real vendors where .env has keys. */
export function programs(layout: Layout, build: string, extra: Record<string, string> = {}): Program[] {
  const is = pretend(layout);
  return [
    ...(is.cloudflare ? [standIn("cloudflare", layout, build, extra)] : []),
    ...(is.stripe ? [standIn("stripe", layout, build, extra)] : []),
    ...(is.mail ? [standIn("mail", layout, build, extra)] : []),
    edge(layout),
    relay(layout, build),
    tenantHost(layout),
    worker(layout, build),
    web(layout, build),
  ];
}

/** Of all settings only those that a program needs: a secret that is not there cannot leak. */
const only = (env: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));

/** What our endpoint is subscribed to (README, "Real keys"): payments seen or over, refunds that changed. */
const webhookEvents = [
  "checkout.session.completed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.async_payment_failed",
  "checkout.session.expired",
  "refund.updated",
  "refund.failed",
];

export function standIn(
  vendor: "cloudflare" | "stripe" | "mail",
  layout: Layout,
  build: string,
  extra: Record<string, string>,
): Program {
  const { ports, data } = layout;
  const env = settings(layout);
  return {
    name: vendor,
    command: [node, "--enable-source-maps", join(build, `sandbox-${vendor}.js`)],
    env: {
      ...only(env, [
        "STRIPE_KEY",
        "STRIPE_WEB_KEY",
        "CLOUDFLARE_TOKEN",
        "CLOUDFLARE_SEARCH_TOKEN",
        "CLOUDFLARE_ACCOUNT",
        "LOG_LEVEL",
      ]),
      PORT: String(ports[vendor]),
      PUBLIC_URL: `http://localhost:${ports[vendor]}`,
      DNS_PORT: String(ports.dns),
      SMTP_PORT: String(ports.smtp),
      DATA_FOLDER: join(data, "ledger", vendor),
      WEBHOOK_URL: `${env["WEB_URL"]}/api/stripe`,
      WEBHOOK_SECRET: env["STRIPE_WEBHOOK_SECRETS"],
      WEBHOOK_EVENTS: webhookEvents.join(","),
      ...extra,
    },
    ready: urlAnswers(`http://127.0.0.1:${ports[vendor]}/_sandbox/health`),
    within: 20,
  };
}

export function edge(layout: Layout): Program {
  const { ports, data } = layout;
  const env = settings(layout);
  return {
    name: "edge",
    command: [
      join(made, "python/bin/caddy"),
      "run",
      "--config",
      join(root, "workers/edge/Caddyfile"),
      "--adapter",
      "caddyfile",
    ],
    env: {
      ...only(env, ["WWW_FOLDER", "SOCKET_FOLDER", "EDGE_CA", "EDGE_BIND", "EDGE_ACME_DIRECTORY"]),
      XDG_DATA_HOME: data, // Caddy keeps its certificates in XDG_DATA_HOME/caddy
      XDG_CONFIG_HOME: join(data, "caddy"),
      EDGE_HTTPS_PORT: String(ports.edge),
      EDGE_HTTP_PORT: String(ports.edgeHttp),
      EDGE_ASK_PORT: String(ports.ask),
    },
    ready: async () => (await portAnswers(ports.ask)) && (!env["EDGE_CA_FILE"] || existsSync(caFile(layout))),
    within: 20,
  };
}

export function relay(layout: Layout, build: string): Program {
  const { ports } = layout;
  return {
    name: "relay",
    command: [node, join(build, "relay.js")],
    env: {
      ...only(settings(layout), ["EDGE_ADDRESSES", "DNS_SERVER", "EDGE_LOOPBACK"]),
      RELAY_PORT: String(ports.relay),
    },
    ready: () => portAnswers(ports.relay),
    within: 20,
  };
}

export function tenantHost(layout: Layout): Program {
  const env = settings(layout);
  mkdirSync(env["SOCKET_FOLDER"] ?? "", { recursive: true });
  return {
    name: "homeservers",
    command: [python, "-m", "nameplate_homes"],
    cwd: join(root, "workers/homeserver"),
    env: {
      ...only(env, [
        "HOMES_FOLDER",
        "SOCKET_FOLDER",
        "HOST_SOCKET",
        "TENANT_DATABASE_URL",
        "EDGE_CA_FILE",
        "TENANT_USER",
        "READY_DATABASES",
      ]),
      RELAY_URL: `http://127.0.0.1:${layout.ports.relay}`,
      PYTHONDONTWRITEBYTECODE: "1",
    },
    ready: () => socketAnswers(env["HOST_SOCKET"] ?? ""),
    within: 90, // the first time it makes the template database
  };
}

/** Everything but the web's own secrets and the tenant host's way into the databases. */
const workerSettings = [
  "NODE_ENV",
  "WEB_URL",
  "DATABASE_URL",
  "REDIS_URL",
  "LINK_KEY",
  "MASTER_KEY",
  "PASSWORD_SOCKET",
  "HOST_SOCKET",
  "SOCKET_FOLDER",
  "HOMES_FOLDER",
  "WWW_FOLDER",
  "SUPPORT_EMAIL",
  "MAIL_FROM",
  "SMTP_URL",
  "EDGE_ADDRESSES",
  "EDGE_PORT",
  "EDGE_LOCAL_PORT",
  "EDGE_CA_FILE",
  "DNS_SERVER",
  "SANDBOX",
  "SANDBOX_MAIL_URL",
  "STRIPE_KEY",
  "STRIPE_URL",
  "CLOUDFLARE_TOKEN",
  "CLOUDFLARE_ACCOUNT",
  "CLOUDFLARE_URL",
  "DOUBT_SECONDS",
  "WHOLESALE_CAP",
  "NAMES_PER_CARD",
  "LOG_LEVEL",
];

export function worker(layout: Layout, build: string, name = "worker"): Program {
  const env = settings(layout);
  return {
    name,
    command: [node, "--enable-source-maps", join(build, "worker.js")],
    env: only(env, workerSettings),
    ready: () => socketAnswers(env["PASSWORD_SOCKET"] ?? ""),
    within: 30,
  };
}

/** The web is given its own part of the settings only: no master key, no registrar, no full payment key. */
const webSettings = [
  "NODE_ENV",
  "WEB_URL",
  "DATABASE_URL",
  "REDIS_URL",
  "LINK_KEY",
  "PASSWORD_SOCKET",
  "EDGE_ADDRESSES",
  "EDGE_LOCAL_PORT",
  "CLOUDFLARE_ACCOUNT",
  "SANDBOX",
  "STRIPE_URL",
  "CLOUDFLARE_URL",
  "SANDBOX_MAIL_URL",
  "AUTH_SECRET",
  "STRIPE_WEB_KEY",
  "STRIPE_WEBHOOK_SECRETS",
  "CLOUDFLARE_SEARCH_TOKEN",
  "CHECKOUT_ORIGIN",
  "SUPPORT_EMAIL",
  "SMTP_URL",
  "MAIL_FROM",
  "LOG_LEVEL",
];

export function web(layout: Layout, build: string): Program {
  const env = settings(layout);
  const { ports } = layout;
  return {
    name: "web",
    command: [node, join(build, "web/server.js")],
    env: {
      ...only(env, webSettings),
      PORT: String(ports.web),
      HOSTNAME: "127.0.0.1",
    },
    ready: urlAnswers(`http://127.0.0.1:${ports.web}/api/health`),
    within: 30,
  };
}

const socketAnswers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
