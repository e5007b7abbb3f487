import { Hono } from "hono";
import type { Clock } from "@/lib/clock.ts";
import type { Ids } from "@/lib/ids.ts";
import { log } from "@/lib/log.ts";
import { Faults } from "@/sandbox/shared/faults.ts";
import { openRecorder } from "@/sandbox/shared/record.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { routes } from "./api/routes.ts";
import { bringUpToDate } from "./billing/due.ts";
import { type Dunning, usualDunning } from "./billing/dunning.ts";
import { control } from "./control.ts";
import { pages } from "./pages/routes.ts";
import type { Keys } from "./protocol/keys.ts";
import { mountApi } from "./protocol/mount.ts";
import { openStore } from "./state/store.ts";
import { Courier, type Endpoint, usualWaits } from "./webhooks/courier.ts";

export interface StripeSettings {
  readonly dataFolder: string;
  readonly publicUrl: string;
  readonly keys: Keys;
  readonly endpoint: Endpoint | undefined;
  /** Types of event that the endpoint is subscribed to; all when not given. */
  readonly eventTypes?: readonly string[] | undefined;
  readonly recordFolder?: string | undefined;
  /** Milliseconds between the tries of a delivery. */
  readonly waits?: readonly number[];
  /** What is done about a renewal that is not paid; Stripe's usual when not given. */
  readonly dunning?: Dunning | undefined;
  /** Where faults are planned; the control endpoint's own when not given. */
  readonly faults?: Faults;
}

export interface StripeService {
  readonly app: Hono<SandboxEnv>;
  close(): Promise<void>;
}

/** How often the clock is looked at, in milliseconds: an expiry is told at most this late. */
const tick = 500;

/** Opens the whole stand-in. Nothing listens yet. */
export function openStripe(settings: StripeSettings, clock: Clock, ids: Ids): StripeService {
  const { eventTypes, keys, endpoint, recordFolder, waits = usualWaits, faults = new Faults() } = settings;
  const { dataFolder, publicUrl, dunning = usualDunning } = settings;
  const store = openStore(dataFolder, { clock, ids, publicUrl, fingerprintKey: keys.full, dunning });
  if (eventTypes) store.state.wanted = (type) => eventTypes.includes(type);
  const courier = new Courier({
    store,
    clock,
    endpoint,
    waits,
    recorder: openRecorder("stripe-webhook", recordFolder, clock),
  });
  const catchUp = () => bringUpToDate(store, clock);
  const app = new Hono<SandboxEnv>();
  app.onError((error, c) => {
    log.error({ err: error }, "the Stripe stand-in has a bug");
    return c.text("The stand-in failed; see its log.", 500);
  });
  app.route("/_sandbox", control(store, faults, courier));
  app.route(
    "/",
    mountApi(
      routes,
      { store, keys, faults, recorder: openRecorder("stripe", recordFolder, clock), clock, ids },
      catchUp,
    ),
  );
  app.route("/", pages(store, { catchUp, now: () => clock.now() }));
  courier.start();
  return { app, close: keepTime(clock, catchUp, courier) };
}

/** Looks at the clock until the service is closed. */
function keepTime(clock: Clock, catchUp: () => void, courier: Courier): () => Promise<void> {
  let closed = false;
  const turn = async (): Promise<void> => {
    while (!closed) {
      catchUp();
      await clock.sleep(tick);
    }
  };
  turn().catch((error: unknown) => log.error({ err: error }, "the Stripe stand-in lost its sense of time"));
  return async () => {
    closed = true;
    await courier.close();
  };
}
