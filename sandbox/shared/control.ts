import { type Context, Hono } from "hono";
import { type Faults, plannedFault } from "./faults.ts";
import type { Happening, Ledger } from "./ledger.ts";
import type { SandboxEnv } from "./serve.ts";

/** What every stand-in answers under `/_sandbox`: its ledger, its planned faults, its health. */
export function controlRoutes(name: string, ledger: Ledger<Happening>, faults: Faults): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.get("/health", (c) => c.json({ ok: true, name }));
  app.get("/ledger", (c) => c.json(ledger.entries(c.req.query("kind"))));
  app.get("/faults", (c) => c.json(faults.list()));
  app.delete("/faults", (c) => {
    faults.clear();
    return c.json([]);
  });
  app.post("/faults", async (c) => {
    const read = plannedFault.safeParse(await bodyOf(c));
    if (!read.success) return notUnderstood(c, read.error);
    faults.plan(read.data);
    return c.json(faults.list(), 201);
  });
  return app;
}

/** The request's JSON, or undefined when it is none (which no schema accepts). */
export async function bodyOf(c: Context): Promise<unknown> {
  const text = await c.req.text();
  try {
    return JSON.parse(text === "" ? "{}" : text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function notUnderstood(
  c: Context,
  error: { readonly issues: readonly { path: PropertyKey[]; message: string }[] },
) {
  const problems = error.issues.map((issue) => `${issue.path.map(String).join(".")} ${issue.message}`.trim());
  return c.json({ problems }, 400);
}
