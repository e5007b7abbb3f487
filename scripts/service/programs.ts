/** Every program of one running copy, in the order in which they start. */

import { existsSync, mkdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { webhookEvents } from "../../lib/stripe/webhook-events.ts";
import { backupSettings, homeserverFolder, python } from "./backups.ts";
import { caFile, type Layout, made, pretend, root, settings } from "./layout.ts";
import { type Program, portAnswers, urlAnswers } from "./process.ts";
import { only, webSettings, workerSettings } from "./shares.ts";

const node = join(root, "node_modules/.bin/node");
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
    metrics(layout),
    worker(layout, build),
    web(layout, build),
  ];
}

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
        "CLOCK_FILE",
        "LOG_LEVEL",
        "STRANGER_NAME",
        "EDGE_ADDRESSES",
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
      ...only(env, [
        "WWW_FOLDER",
        "SOCKET_FOLDER",
        "EDGE_CA",
        "EDGE_BIND",
        "EDGE_ACME_DIRECTORY",
        "EDGE_HTTPS_PORT",
        "EDGE_HTTP_PORT",
      ]),
      XDG_DATA_HOME: data, // Caddy keeps its certificates in XDG_DATA_HOME/caddy
      XDG_CONFIG_HOME: join(data, "caddy"),
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

/** What the tenant host and its command lines are told of where homes live. */
export const homeSettings = (layout: Layout): Record<string, string> => ({
  ...only(settings(layout), [
    "HOMES_FOLDER",
    "SOCKET_FOLDER",
    "HOST_SOCKET",
    "TENANT_DATABASE_URL",
    "EDGE_CA_FILE",
    "TENANT_UIDS",
    "MERGE_PAGES",
    "EDGE_GROUP",
    "READY_DATABASES",
    "SYNAPSE_VERSIONS",
    "SLEEP_AFTER_SECONDS",
    "HOUSEKEEPING_EVERY_SECONDS",
    "HOUSEKEEPING_SECONDS",
  ]),
  RELAY_URL: `http://127.0.0.1:${layout.ports.relay}`,
  METRICS_ADDRESS: settings(layout)["METRICS_ADDRESS"] ?? `127.0.0.1:${layout.ports.metrics}`,
});

export function tenantHost(layout: Layout): Program {
  const env = settings(layout);
  mkdirSync(env["SOCKET_FOLDER"] ?? "", { recursive: true });
  return {
    name: "homeservers",
    command: [python, "-m", "nameplate_homes"],
    cwd: homeserverFolder,
    env: { ...homeSettings(layout), ...backupSettings(layout), PYTHONDONTWRITEBYTECODE: "1" },
    ready: () => socketAnswers(env["HOST_SOCKET"] ?? ""),
    within: 90, // the first time it makes the template database
  };
}

/** Beside the host and not below it: it has to tell, too, that the host is down. It is given no credential. */
export function metrics(layout: Layout): Program {
  const { TENANT_DATABASE_URL: _, ...env } = homeSettings(layout);
  const said = env["METRICS_ADDRESS"] ?? "";
  return {
    name: "metrics",
    command: [python, "-m", "nameplate_homes.metrics"],
    cwd: homeserverFolder,
    env: { ...env, PYTHONDONTWRITEBYTECODE: "1" },
    ready: urlAnswers(`http://${said.includes(":") ? said : `127.0.0.1:${said}`}/metrics`),
    within: 20,
  };
}

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
