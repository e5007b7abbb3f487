import { Hono } from "hono";
import { z } from "zod";
import { bodyOf, notUnderstood } from "@/sandbox/shared/control.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { webhookModes } from "../state/happenings.ts";
import type { Store } from "../state/store.ts";
import type { Courier } from "./courier.ts";

const wantedMode = z.strictObject({
  mode: z.enum(webhookModes),
  /** For `delay`: how long, in milliseconds; at most ten minutes. */
  ms: z.int().min(0).max(600_000).default(0),
});
const wantedEvent = z.strictObject({ event: z.string().optional() });

/** The control side of deliveries, under `/_sandbox/webhooks`. */
export function webhookControl(store: Store, courier: Courier): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.get("/", (c) => c.json({ ...store.state.webhooks, deliveries: deliveries(store) }));
  app.put("/", async (c) => {
    const read = wantedMode.safeParse(await bodyOf(c));
    if (!read.success) return notUnderstood(c, read.error);
    store.write({ kind: "webhooks.set", ...read.data });
    return c.json(store.state.webhooks);
  });
  app.post("/redeliver", async (c) => {
    const read = wantedEvent.safeParse(await bodyOf(c));
    if (!read.success) return notUnderstood(c, read.error);
    const event = read.data.event === undefined ? undefined : store.state.event(read.data.event);
    if (read.data.event !== undefined && !event)
      return c.json({ problems: [`there is no event ${read.data.event}`] }, 404);
    const sent = await courier.redeliver(event);
    return c.json({ sent: sent.map(({ id, type }) => ({ id, type, delivered: store.state.delivery(id).delivered })) });
  });
  return app;
}

/** Newest first. */
const deliveries = ({ state }: Store) =>
  state
    .events()
    .toReversed()
    .map(({ id, type }) => {
      const { tries, lost, delivered } = state.delivery(id);
      const wanted = state.wanted(type);
      return {
        event: id,
        type,
        wanted,
        delivered,
        lost,
        tries: tries.map(({ at, status, why }) => ({ at, status, why })),
      };
    });
