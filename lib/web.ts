/** The web's composition root: the one place outside the workers that builds a vendor client, and only with the keys of the web. */
import { type Auth, openAuth } from "@/lib/auth/open-auth.ts";
import type { CheckoutDesk, WebhookReader } from "@/lib/billing/ports.ts";
import { withinBudget } from "@/lib/budget.ts";
import { openCloudflare } from "@/lib/cloudflare/client.ts";
import { cloudflareNameSearch } from "@/lib/cloudflare/name-search.ts";
import { type Listener, openDb, openListener } from "@/lib/db.ts";
import { readEnv, type WebEnv } from "@/lib/env.ts";
import { systemIds } from "@/lib/ids.ts";
import { log } from "@/lib/log.ts";
import { signInLetter } from "@/lib/mail/sign-in-letter.ts";
import { smtpPost } from "@/lib/mail/transport.ts";
import { movedClock } from "@/lib/moved-clock.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { bellRope } from "@/lib/queue/bells.ts";
import { type Limiter, openLimiter } from "@/lib/queue/limit.ts";
import { type Purpose, type VendorRule, vendorBudget, vendorRules } from "@/lib/queue/vendor-budget.ts";
import { stripeCheckoutDesk } from "@/lib/stripe/checkout-desk.ts";
import { openStripe } from "@/lib/stripe/client.ts";
import { nobodysDesk, nobodysWebhooks } from "@/lib/stripe/nobody.ts";
import { stripeWebhookReader } from "@/lib/stripe/webhook-reader.ts";
import type { World } from "@/lib/world.ts";

export interface Web {
  readonly env: WebEnv;
  readonly world: World;
  readonly desk: CheckoutDesk;
  readonly names: NameSearch;
  readonly webhooks: WebhookReader;
  /** World, desk and names in one: what a checkout needs. */
  readonly checkout: World & { readonly desk: CheckoutDesk; readonly names: NameSearch };
  /** Sessions, sign-in links, passkeys. */
  readonly auth: Auth;
  /** Counts tries: codes of cards, sign-in links. */
  readonly limiter: Limiter;
  /** Hears what the workers tell those who watch; made at the first watcher. */
  readonly listener: Listener;
}

let built: Web | undefined;

/** Built at the first request, not at import: a build of the web has no settings. */
export function web(): Web {
  built ??= build(readEnv("web"));
  return built;
}

function build(env: WebEnv): Web {
  const clock = movedClock(env.CLOCK_FILE);
  const rope = bellRope(env.REDIS_URL, (error) =>
    log.debug({ err: error }, "The doorbell does not ring; the sweep will come by itself"),
  );
  const world: World = {
    db: openDb(env.DATABASE_URL),
    clock,
    ids: systemIds,
    linkKey: env.LINK_KEY,
    ring: async (bell) => void (await rope.ring(bell)),
  };
  let listener: Listener | undefined;
  const limiter = openLimiter(env.REDIS_URL, clock, (error) =>
    log.debug({ err: error }, "Tries are not counted in Redis now"),
  );
  const rules = vendorRules(env);
  const within = (rule: VendorRule, purpose: Purpose) =>
    withinBudget(vendorBudget(limiter, clock, rule, purpose), fetch);
  const { STRIPE_WEB_KEY: webKey, STRIPE_WEBHOOK_SECRETS: secrets } = env;
  const stripe = webKey ? openStripe(webKey, env.STRIPE_URL, within(rules.stripe, "homes")) : undefined;
  const desk = stripe ? stripeCheckoutDesk(stripe, env.STRIPE_TAX) : nobodysDesk;
  const names = cloudflareNameSearch(
    openCloudflare({
      token: env.CLOUDFLARE_SEARCH_TOKEN,
      accountId: env.CLOUDFLARE_ACCOUNT,
      url: env.CLOUDFLARE_URL,
      transport: within(rules.cloudflare, "visitors"),
    }),
  );
  return {
    env,
    world,
    desk,
    names,
    webhooks: stripe && secrets ? stripeWebhookReader(stripe, secrets, clock) : nobodysWebhooks,
    checkout: { ...world, desk, names },
    auth: buildAuth(env, world),
    limiter,
    get listener() {
      listener ??= openListener(env.DATABASE_URL, (error) =>
        log.warn({ err: error }, "The connection for notifications was lost; it is made again"),
      );
      return listener;
    },
  };
}

function buildAuth(env: WebEnv, { db, clock, ids }: World): Auth {
  const post = smtpPost(env.SMTP_URL, env.MAIL_FROM);
  const deliver = (email: string, link: string) => post.send(signInLetter(email, link, env.SUPPORT_EMAIL));
  return openAuth({ db, clock, ids, log, secret: env.AUTH_SECRET, webUrl: env.WEB_URL, deliver });
}
