import { type Context, Hono } from "hono";
import { z } from "zod";
import { bodyOf, notUnderstood } from "@/sandbox/shared/control.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { close, dispute, warn } from "./billing/disputes.ts";
import { ApiError } from "./protocol/errors.ts";
import { onItsOwn, type Store } from "./state/store.ts";
import type { Work } from "./state/work.ts";

const opening = z.strictObject({
  charge: z.string(),
  as: z.enum(["fraudulent", "inquiry", "product_not_received"]).default("fraudulent"),
});
const closing = z.strictObject({ dispute: z.string(), status: z.enum(["lost", "warning_closed", "won"]) });
const warning = z.strictObject({ charge: z.string() });

/** What only a bank does: disputes any charge, decides, and warns of fraud. */
export function disputeControl(store: Store): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const on = <S extends z.ZodType>(path: string, schema: S, run: (work: Work, given: z.output<S>) => object) =>
    app.post(path, async (c) => {
      const read = schema.safeParse(await bodyOf(c));
      if (!read.success) return notUnderstood(c, read.error);
      const ids = Object.values(read.data as Record<string, string>);
      return told(c, () => store.run(onItsOwn, (work) => run(work, read.data), store.state.momentOf(ids)));
    });
  on("/disputes", opening, (work, { charge, as }) => dispute(work, work.need("charge", charge), as));
  on("/disputes/close", closing, (work, given) => close(work, work.need("dispute", given.dispute), given.status));
  on("/early-fraud-warnings", warning, (work, { charge }) => warn(work, work.need("charge", charge)));
  return app;
}

function told(c: Context<SandboxEnv>, act: () => object) {
  try {
    return c.json(act());
  } catch (error) {
    if (error instanceof ApiError) return c.json({ problems: [error.message] }, 400);
    throw error;
  }
}
