/** The only reader of settings. Each process asks for the part it needs, so that the web cannot hold a worker's power. */
import { z } from "zod";
import { asksMoney } from "./billing/prices.ts";

const flag = z.stringbool().default(false);
const port = z.coerce.number().int().min(1).max(65_535);
const key = z.string().min(32, "needs at least 32 characters");

/** What every process of ours reads. */
const common = {
  /** Where people reach the web, such as https://nameplate.example, without a slash at the end. */
  WEB_URL: z.url().transform((url) => url.replace(/\/$/, "")),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  /** Makes the links of set-up cards; whoever holds it can make a card's link. Web and workers. */
  LINK_KEY: key,
  /** A unix socket on which a worker takes a person's first password. At most 107 bytes, as sockets are. */
  PASSWORD_SOCKET: z.string().min(1).max(107),
  /** Addresses of the edge, written into every zone. */
  EDGE_ADDRESSES: z
    .string()
    .transform((list) => list.split(",").map((one) => one.trim()))
    .pipe(z.array(z.union([z.ipv4(), z.ipv6()])).min(1)),
  /** Plain-HTTP port under which the sandbox serves NAME.localhost; unset outside it. */
  EDGE_LOCAL_PORT: port.optional(),
  CLOUDFLARE_ACCOUNT: z.string().min(1),
  /** Calls a minute and calls a second that all our processes together make at most (lib/queue/vendor-budget.ts). */
  CALLS_CLOUDFLARE: z.coerce.number().int().positive().default(192),
  CALLS_STRIPE: z.coerce.number().int().positive().default(40),
  /** Whether Stripe works out the tax within each price, and names its rate on the invoice: it must be set up there first. */
  STRIPE_TAX: flag,
  /** The workers send what is written down; the web sends sign-in links alone, which rest nowhere. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().min(3),
  SUPPORT_EMAIL: z.email(),
  /**
   * A name of ours, led to EDGE_ADDRESSES by whoever runs this, at which a stranger lives who tries children's rules (decision 36).
   * Nobody else's and never a family's; without it no parent is offered a trial.
   */
  STRANGER_NAME: z
    .string()
    .max(70)
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "is a name such as stranger.nameplate.example")
    .optional(),
  /** Only to be set in the sandbox: where the stand-ins listen, and that the ribbon is shown. */
  SANDBOX: flag,
  STRIPE_URL: z.url().optional(),
  CLOUDFLARE_URL: z.url().optional(),
  SANDBOX_MAIL_URL: z.url().optional(),
  /** Only to be set in the sandbox: how far its clock is ahead (lib/moved-clock.ts). */
  CLOCK_FILE: z.string().min(1).optional(),
};

const web = {
  ...common,
  AUTH_SECRET: key,
  /** A restricted key: create checkout and portal sessions, read nothing else. */
  STRIPE_WEB_KEY: z.string().regex(/^(sk|rk)_/, "begins with rk_ (or sk_)"),
  /** One or two secrets, comma between, while one is being replaced. */
  STRIPE_WEBHOOK_SECRETS: z
    .string()
    .transform((list) => list.split(","))
    .pipe(
      z
        .array(z.string().regex(/^whsec_/, "begins with whsec_"))
        .min(1)
        .max(2),
    ),
  /** Can search and check names, nothing else. */
  CLOUDFLARE_SEARCH_TOKEN: z.string().min(1),
  /** Origin of the payment page, which forms of ours may lead to. */
  CHECKOUT_ORIGIN: z.url().default("https://checkout.stripe.com"),
  /** Origin of the page on which another card is given. */
  PORTAL_ORIGIN: z.url().default("https://billing.stripe.com"),
};

const worker = {
  ...common,
  /** Seals signing keys and makes the homeservers' service passwords. Never with the web. */
  MASTER_KEY: key,
  STRIPE_KEY: z.string().regex(/^(sk|rk)_/, "begins with sk_ (or rk_)"),
  CLOUDFLARE_TOKEN: z.string().min(1),
  /** The tenant host's folder: manifests/ and secrets/ are ours, homes/ is the host's. */
  HOMES_FOLDER: z.string().min(1),
  /** What the edge serves, a folder a host. Nothing private may lie in it. */
  WWW_FOLDER: z.string().min(1),
  /** Folder of the homeservers' sockets, at most 30 characters: a name has at most 70, a socket path 107. */
  SOCKET_FOLDER: z.string().min(1).max(30),
  HOST_SOCKET: z.string().min(1).max(107),
  /** Ask this address-book server instead of the system's: HOST:PORT. */
  DNS_SERVER: z
    .string()
    .regex(/^[\d.]+:\d+$/, "is HOST:PORT")
    .optional(),
  /** Port of the edge as the world sees it. */
  EDGE_PORT: port.default(443),
  /** Roots to trust beside the system's when looking from outside. */
  EDGE_CA_FILE: z.string().optional(),
  /** Seconds between the two looks that must find nothing before a doubtful purchase is tried once more. */
  DOUBT_SECONDS: z.coerce.number().min(1).default(60),
  /** The most we pay a registrar for one year of a name, in its currency, without a person's yes. */
  WHOLESALE_CAP: z.coerce.number().positive().default(40),
  /** Names one card may buy in 24 hours without a person's yes. */
  NAMES_PER_CARD: z.coerce.number().int().positive().default(3),
};

const shapes = { web: z.object(web), worker: z.object(worker) };
/** Where everything is given away (lib/billing/price-book.ts), nobody needs a payment vendor. */
const givingAway = {
  web: shapes.web.partial({ STRIPE_WEB_KEY: true, STRIPE_WEBHOOK_SECRETS: true }),
  worker: shapes.worker.partial({ STRIPE_KEY: true }),
};
export type WebEnv = z.infer<typeof givingAway.web>;
export type WorkerEnv = z.infer<typeof givingAway.worker>;

/** All settings of one process, or an error that lists every missing and malformed one at once. */
export function readEnv(process: "web", source?: NodeJS.ProcessEnv, paying?: boolean): WebEnv;
export function readEnv(process: "worker", source?: NodeJS.ProcessEnv, paying?: boolean): WorkerEnv;
export function readEnv(
  which: "web" | "worker",
  source: NodeJS.ProcessEnv = process.env,
  paying = asksMoney(),
): WebEnv | WorkerEnv {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const read = (paying ? shapes : givingAway)[which].safeParse(given);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return given[name] === undefined ? `  ${name} is missing` : `  ${name} ${issue.message}`;
  });
  throw new EnvProblems(which, problems);
}

export class EnvProblems extends Error {
  override readonly name = "EnvProblems";
  readonly problems: readonly string[];
  constructor(which: string, problems: readonly string[]) {
    super(`The ${which} cannot start. Settings to mend in .env or the environment:\n${problems.join("\n")}`);
    this.problems = problems;
  }
}
