/** The workers' composition root: reads the settings, builds the world, hears the bells and sweeps. Several may run at once. */
import { hostname } from "node:os";
import { PriceProblems } from "@/lib/billing/read-price-book.ts";
import { withinBudget } from "@/lib/budget.ts";
import { openDb } from "@/lib/db.ts";
import { EnvProblems, readEnv, type WorkerEnv } from "@/lib/env.ts";
import { systemIds } from "@/lib/ids.ts";
import { log } from "@/lib/log.ts";
import { byAddress } from "@/lib/mail/in-app.ts";
import { sendMails } from "@/lib/mail/send-mails.ts";
import { smtpPost } from "@/lib/mail/transport.ts";
import { movedClock } from "@/lib/moved-clock.ts";
import type { Accounts } from "@/lib/provisioning/ports.ts";
import { bellRope } from "@/lib/queue/bells.ts";
import { hearBells } from "@/lib/queue/hear-bells.ts";
import { type Limiter, openLimiter } from "@/lib/queue/limit.ts";
import { routineWait, type VendorRule, vendorBudget, vendorRules } from "@/lib/queue/vendor-budget.ts";
import { stripeCashier } from "@/lib/stripe/cashier.ts";
import { openStripe } from "@/lib/stripe/client.ts";
import { stripeLedger } from "@/lib/stripe/ledger.ts";
import { nobodysCashier, nobodysLedger } from "@/lib/stripe/nobody.ts";
import { hearHost } from "@/lib/synapse/hear-host.ts";
import type { Bell, World } from "@/lib/world.ts";
import { answerBell } from "./answer-bell.ts";
import { hands } from "./hands.ts";
import { compose } from "./letters/compose.ts";
import { letterTools } from "./letters/letter-tools.ts";
import { holdPasswordSocket } from "./password-socket.ts";
import { ringForHome } from "./ring-for-home.ts";
import { runSweep } from "./run-sweep.ts";
import type { WorkerTools } from "./tools.ts";

/** Connections of one worker to our database: each of the bells answered side by side uses one, and the sweep a few. */
const connections = 20;
/** A worker that is told to stop has this long to finish; a lease runs out soon after. */
const stopMs = 8000;

function settings(): WorkerEnv {
  try {
    return readEnv("worker");
  } catch (error) {
    if (!(error instanceof EnvProblems || error instanceof PriceProblems)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Everything a worker works with, each vendor within its budget. */
function workerTools(env: WorkerEnv, world: World, limiter: Limiter): { tools: WorkerTools; accounts: Accounts } {
  const rules = vendorRules(env);
  const within = (rule: VendorRule) => withinBudget(vendorBudget(limiter, world.clock, rule, "homes"), fetch);
  const { steps, registrar, accounts, asks, notices, stranger, witness } = hands(env, world, within(rules.cloudflare));
  const { db } = world;
  const stripe = env.STRIPE_KEY ? openStripe(env.STRIPE_KEY, env.STRIPE_URL, within(rules.stripe)) : undefined;
  const letters = letterTools({ db, webUrl: env.WEB_URL, linkKey: env.LINK_KEY, supportEmail: env.SUPPORT_EMAIL });
  const post = byAddress({ mailbox: smtpPost(env.SMTP_URL, env.MAIL_FROM), app: notices });
  const tools: WorkerTools = {
    ...world,
    log,
    steps,
    registrar,
    asks,
    stranger,
    witness,
    cashier: stripe ? stripeCashier(stripe, env.STRIPE_TAX) : nobodysCashier,
    ledger: stripe ? stripeLedger(stripe) : nobodysLedger,
    doubtSeconds: env.DOUBT_SECONDS,
    routineWait: () => routineWait(limiter, rules.cloudflare),
    holder: `${hostname()}:${process.pid}`,
    sendMails: () => sendMails({ ...world, post, compose: (mail) => compose(letters, mail) }),
  };
  return { tools, accounts };
}

async function main(): Promise<void> {
  const env = settings();
  const quietly = (error: unknown): void => log.debug({ err: error }, "The doorbell does not ring; the sweep goes on");
  const rope = bellRope(env.REDIS_URL, quietly);
  const db = openDb(env.DATABASE_URL, connections);
  const clock = movedClock(env.CLOCK_FILE);
  const world: World = {
    db,
    clock,
    ids: systemIds,
    linkKey: env.LINK_KEY,
    ring: async (bell) => void (await rope.ring(bell)),
  };
  const limiter = openLimiter(env.REDIS_URL, clock, quietly);
  const { tools, accounts } = workerTools(env, world, limiter);
  const answer = (bell: Bell): Promise<void> => answerBell(tools, bell);
  const passwords = holdPasswordSocket(env.PASSWORD_SOCKET, { ...world, accounts, log });
  const bells = hearBells(env.REDIS_URL, answer, (error) => log.error({ err: error }, "A bell could not be answered"));
  const homes = hearHost(env.HOST_SOCKET, clock, (event) => {
    ringForHome(world, event).catch((error: unknown) =>
      log.warn({ err: error, event }, "An event of a home rang no bell"),
    );
  });
  const sweep = runSweep(tools, (bell) => rope.ring(bell), answer);
  log.info({ holder: tools.holder }, "At work");

  const stop = async (): Promise<void> => {
    setTimeout(() => process.exit(1), stopMs).unref();
    await Promise.all([sweep.stop(), bells.close(), passwords.close(), homes.close()]);
    await rope.close();
    limiter.close();
    await db.$disconnect();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop());
}

await main();
