/** Which of all settings each program is given. */

/** Of all settings only those that a program needs: a secret that is not there cannot leak. */
export const only = (env: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));

/** Everything but the web's own secrets and the tenant host's way into the databases. */
export const workerSettings = [
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
  "CALLS_CLOUDFLARE",
  "CALLS_STRIPE",
  "DOUBT_SECONDS",
  "WHOLESALE_CAP",
  "NAMES_PER_CARD",
  "LOG_LEVEL",
];

/** The web is given its own part of the settings only: no master key, no registrar, no full payment key. */
export const webSettings = [
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
  "CALLS_CLOUDFLARE",
  "CALLS_STRIPE",
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
