import { z } from "zod";
import { systemIds } from "@/lib/ids.ts";
import { movedClock } from "@/lib/moved-clock.ts";
import { listen, runUntilStopped } from "@/sandbox/shared/serve.ts";
import { commonSettings, readSettings } from "@/sandbox/shared/settings.ts";
import { retryDays, usualDunning } from "./billing/dunning.ts";
import { openStripe } from "./service.ts";

const settings = readSettings("Stripe", {
  ...commonSettings,
  /** Origin under which a browser reaches this process. */
  PUBLIC_URL: z.url().transform((url) => url.replace(/\/$/, "")),
  STRIPE_KEY: z.string().min(8),
  STRIPE_WEB_KEY: z.string().min(8),
  /** Where events go; nowhere when unset. */
  WEBHOOK_URL: z.url().optional(),
  WEBHOOK_SECRET: z.string().startsWith("whsec_").optional(),
  /** Types of event to send, comma between; all when unset. */
  WEBHOOK_EVENTS: z
    .string()
    .transform((list) => list.split(",").map((type) => type.trim()))
    .optional(),
  /** Days between the tries of a bill that is not paid, comma between; and what becomes of the subscription after the last. */
  RETRY_DAYS: retryDays.default([...usualDunning.days]),
  AFTER_RETRIES: z.enum(["cancel", "past_due", "unpaid"]).default(usualDunning.end),
});
const { RETRY_DAYS: days, AFTER_RETRIES: end } = settings;
const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret } = settings;
if (url && !secret) {
  process.stderr.write(
    "The sandbox's Stripe cannot start: WEBHOOK_URL is set, so WEBHOOK_SECRET is needed to sign what is sent.\n",
  );
  process.exit(1);
}
const service = openStripe(
  {
    dataFolder: settings.DATA_FOLDER,
    publicUrl: settings.PUBLIC_URL,
    keys: { full: settings.STRIPE_KEY, web: settings.STRIPE_WEB_KEY },
    endpoint: url && secret ? { url, secret } : undefined,
    eventTypes: settings.WEBHOOK_EVENTS,
    recordFolder: settings.SANDBOX_RECORD,
    dunning: { days, end },
  },
  movedClock(settings.CLOCK_FILE),
  systemIds,
);
const server = await listen(service.app, settings.PORT);
const close = async (): Promise<void> => {
  await service.close();
  await server.close();
};
runUntilStopped("stripe", { http: { port: server.port, close } });
