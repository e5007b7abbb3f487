import { Hono } from "hono";
import { z } from "zod";
import { bodyOf, controlRoutes, notUnderstood } from "@/sandbox/shared/control.ts";
import type { Faults } from "@/sandbox/shared/faults.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { renewNow } from "./billing/renew.ts";
import { disputeControl } from "./dispute-control.ts";
import { ApiError } from "./protocol/errors.ts";
import { onItsOwn, type Store } from "./state/store.ts";
import { webhookControl } from "./webhooks/control.ts";
import type { Courier } from "./webhooks/courier.ts";

const wantedDunning = z.strictObject({
  days: z.array(z.int().min(1)).max(8),
  end: z.enum(["cancel", "past_due", "unpaid"]),
});
const wanted = z.strictObject({ subscription: z.string() });

/** Everything under `/_sandbox`. */
export function control(store: Store, faults: Faults, courier: Courier): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.route("/", controlRoutes("stripe", store.ledger, faults));
  app.put("/dunning", async (c) => {
    const read = wantedDunning.safeParse(await bodyOf(c));
    if (!read.success) return notUnderstood(c, read.error);
    store.write({ kind: "dunning.set", ...read.data });
    return c.json(store.state.dunning);
  });
  app.route("/", disputeControl(store));
  app.route("/webhooks", webhookControl(store, courier));
  // Ends a subscription's period now: the next is invoiced and charged, or the subscription ends where that was asked.
  app.post("/renew", async (c) => {
    const read = wanted.safeParse(await bodyOf(c));
    if (!read.success) return notUnderstood(c, read.error);
    try {
      const { subscription } = read.data;
      const at = store.state.momentOf([subscription]);
      return c.json(store.run(onItsOwn, (work) => renewNow(work, work.need("subscription", subscription)), at));
    } catch (error) {
      if (error instanceof ApiError) return c.json({ problems: [error.message] }, 400);
      throw error;
    }
  });
  return app;
}
