import type { Witness } from "@/lib/households/trials/ports.ts";
import { log } from "@/lib/log.ts";
import type { HomeAsks } from "@/lib/provisioning/ports.ts";
import { SmallWorld } from "@/lib/provisioning/testing/small-world.ts";
import { stripeCashier } from "@/lib/stripe/cashier.ts";
import { openStripe } from "@/lib/stripe/client.ts";
import { stripeLedger } from "@/lib/stripe/ledger.ts";
import type { World } from "@/lib/world.ts";
import { keys, type Running } from "@/sandbox/stripe/test-kit.ts";
import type { WorkerTools } from "./tools.ts";

/** No home is awake. */
export const nobodyAsks: HomeAsks = { list: async () => undefined, answer: async () => undefined };

const nobodySees: Witness = {
  tell: async () => Promise.reject(new Error("Nobody has rules tried")),
  forget: async () => undefined,
};
/** No home for a stranger was set up. */
export const noTrials = { stranger: undefined, witness: nobodySees } as const;

/** A worker for tests about bills: it speaks with that Stripe, has no steps and sends no mail, and keeps its complaints to itself. */
export function billWorker(world: World, stripe: Running): WorkerTools {
  const sdk = openStripe(keys.full, stripe.at(""));
  return {
    ...world,
    log: { ...log, error: () => undefined, warn: () => undefined },
    steps: [],
    registrar: new SmallWorld().hands().registrar,
    asks: nobodyAsks,
    ...noTrials,
    cashier: stripeCashier(sdk),
    ledger: stripeLedger(sdk),
    doubtSeconds: 60,
    holder: "worker-1",
    sendMails: async () => undefined,
  };
}
