import { AsyncLocalStorage } from "node:async_hooks";
import { join } from "node:path";
import type { Clock } from "@/lib/clock.ts";
import { openCloudflare } from "@/lib/cloudflare/client.ts";
import type { Ids } from "@/lib/ids.ts";
import { openStripe } from "@/lib/stripe/client.ts";
import { cloudflare } from "@/sandbox/cloudflare/app.ts";
import type { Happening } from "@/sandbox/cloudflare/happenings.ts";
import type { World as Registry } from "@/sandbox/cloudflare/world.ts";
import { Faults } from "@/sandbox/shared/faults.ts";
import { type Entry, openLedger } from "@/sandbox/shared/ledger.ts";
import { openRecorder } from "@/sandbox/shared/record.ts";
import { openStripe as openStripeVendor } from "@/sandbox/stripe/service.ts";
import type { VirtualClock } from "./clock.ts";
import { withoutSleep } from "./clock.ts";

export const stripeKeys = { full: "sk_test_of_the_simulated_world", web: "rk_test_of_the_simulated_world" };
export const webhookSecret = "whsec_of_the_simulated_world";
const cloudflareKeys = { account: "acc0", token: "cf-token-of-the-simulated-world", searchToken: "cf-looking-only" };
/** How long the SDKs wait for an answer that does not come. */
const timeoutSeconds = 10;

/** Something that answers requests in this process. */
export interface App {
  fetch(request: Request, env?: object): Response | Promise<Response>;
}

/** Tells which calls a vendor was asked, in the stand-in's own names. */
class CountedFaults extends Faults {
  readonly asked: string[] = [];
  readonly #postman = new AsyncLocalStorage<true>();

  /** What the postman asks is none of the product's: it is not counted, and no fault is for it. */
  byPostman<T>(work: () => T): T {
    return this.#postman.run(true, work);
  }

  override take(call: string): ReturnType<Faults["take"]> {
    if (this.#postman.getStore()) return undefined;
    this.asked.push(call);
    return super.take(call);
  }
}

/** Stripe and Cloudflare as the sandbox has them, without a socket: the SDKs' requests are handed over in this process. */
export interface Vendors {
  readonly stripe: App;
  readonly registry: Registry;
  readonly stripeFaults: CountedFaults;
  readonly cloudflareFaults: CountedFaults;
  /** The product's own clients, by the power they have. */
  readonly clients: {
    readonly stripe: ReturnType<typeof openStripe>;
    readonly stripeWeb: ReturnType<typeof openStripe>;
    readonly cloudflare: ReturnType<typeof openCloudflare>;
    readonly cloudflareSearch: ReturnType<typeof openCloudflare>;
  };
  tell(app: "stripe" | "cloudflare", method: string, path: string, body: object): Promise<unknown>;
  registryLedger(): readonly Entry<Happening>[];
  close(): Promise<void>;
}

export function openVendors(folder: string, clock: VirtualClock, ids: Ids): Vendors {
  const time = withoutSleep(clock);
  const [stripeFaults, cloudflareFaults] = [new CountedFaults(), new CountedFaults()];
  const ledger = openLedger<Happening>(join(folder, "cloudflare.jsonl"), time);
  const recorder = openRecorder("cloudflare", undefined, time);
  const parts = { keys: cloudflareKeys, ledger, recorder, clock: time, ids, faults: cloudflareFaults };
  const { app: registrar, world: registry } = cloudflare(parts);
  const payments = openPayments(folder, time, ids, stripeFaults);
  const apps: Record<"stripe" | "cloudflare", App> = { stripe: payments.app, cloudflare: registrar };
  const [toStripe, toCloudflare] = [transport(apps.stripe, clock), transport(apps.cloudflare, clock)];
  const stripeWith = (key: string) => restless(openStripe(key, "http://stripe.test", toStripe));
  const cloudflareWith = (token: string) => {
    const { account: accountId } = cloudflareKeys;
    const opened = openCloudflare({ token, accountId, url: "http://cloudflare.test", transport: toCloudflare });
    return { ...opened, client: restless(opened.client) };
  };
  return {
    stripe: apps.stripe,
    registry,
    stripeFaults,
    cloudflareFaults,
    // One of each for all processes of a world: they hold nothing.
    clients: {
      stripe: stripeWith(stripeKeys.full),
      stripeWeb: stripeWith(stripeKeys.web),
      cloudflare: cloudflareWith(cloudflareKeys.token),
      cloudflareSearch: cloudflareWith(cloudflareKeys.searchToken),
    },
    async tell(app, method, path, body) {
      const answer = await apps[app].fetch(
        new Request(`http://${app}.test/_sandbox${path}`, { method, body: JSON.stringify(body) }),
      );
      if (!answer.ok) throw new Error(`The stand-in refused ${path}: ${await answer.text()}`);
      return answer.json();
    },
    registryLedger: () => ledger.entries(),
    close: () => payments.close(),
  };
}

/** Between two tries an SDK would wait by the real time, half a second or what it was told to, and nobody else is in a hurry. */
const restless = <T extends object>(client: T): T =>
  Object.assign(client, {
    getInitialNetworkRetryDelay: () => 0,
    getMaxNetworkRetryDelay: () => 0,
    calculateDefaultRetryTimeoutMillis: () => 0,
  });

const openPayments = (folder: string, clock: Clock, ids: Ids, faults: Faults) =>
  openStripeVendor(
    { dataFolder: folder, publicUrl: "http://stripe.test", keys: stripeKeys, endpoint: undefined, faults },
    clock,
    ids,
  );

/** Hands a request over in this process. A connection that the vendor hangs up is met as a lost one, after the SDK's patience. */
const transport =
  (app: App, clock: VirtualClock): typeof fetch =>
  async (input, init) => {
    let hungUp = false;
    const socket = {
      destroy() {
        hungUp = true;
      },
    };
    const answer = await app.fetch(new Request(input, init), { incoming: { socket } });
    if (answer.headers.has("retry-after")) answer.headers.set("retry-after-ms", "1");
    if (!hungUp) return answer;
    clock.pass(timeoutSeconds);
    throw new TypeError("fetch failed", { cause: Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }) });
  };
