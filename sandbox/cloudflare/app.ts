import { Hono } from "hono";
import type { Clock } from "@/lib/clock.ts";
import type { Ids } from "@/lib/ids.ts";
import { controlRoutes } from "@/sandbox/shared/control.ts";
import { Faults, faultMiddleware } from "@/sandbox/shared/faults.ts";
import type { Ledger } from "@/sandbox/shared/ledger.ts";
import { pageHeaders } from "@/sandbox/shared/page.ts";
import type { Recorder } from "@/sandbox/shared/record.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { authenticate, type Keys } from "./access.ts";
import { registryControl } from "./control.ts";
import { ApiError, type Ctx, fail, failures } from "./envelope.ts";
import type { Happening } from "./happenings.ts";
import { namesPage } from "./page.ts";
import { Outcomes } from "./registrar/register.ts";
import { registrarRoutes } from "./registrar/routes.ts";
import { settleDue } from "./registrar/workflow.ts";
import { World } from "./world.ts";
import { noRoute } from "./zones/errors.ts";
import { recordRoutes } from "./zones/record-routes.ts";
import { zoneRoutes } from "./zones/routes.ts";

export interface Parts {
  readonly keys: Keys;
  readonly ledger: Ledger<Happening>;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Where faults are planned; the control endpoint's own when not given. */
  readonly faults?: Faults;
}

/** The whole stand-in but its sockets. */
export function cloudflare({ keys, ledger, recorder, clock, ids, faults = new Faults() }: Parts): {
  app: Hono<SandboxEnv>;
  world: World;
} {
  const world = new World(ledger, clock, ids);
  const outcomes = new Outcomes();
  const parts = { world, outcomes, account: keys.account, call: faultMiddleware(faults, failures, clock) };
  const app = new Hono<SandboxEnv>();
  app.onError(answerError);
  app.notFound((c) => fail(c, noRoute(c.req.path.replace("/client/v4", ""))));
  app.use("/client/v4/*", recorder.middleware, async (c, next) => {
    c.header("CF-Ray", `${world.newId().slice(0, 16)}-SBX`);
    settleDue(world);
    await next();
  });
  app.use("/client/v4/*", authenticate(keys));
  app.route("/client/v4/accounts/:account/registrar", registrarRoutes(parts));
  app.route("/client/v4/zones", zoneRoutes(parts));
  app.route("/client/v4/zones", recordRoutes(parts));
  app.route("/_sandbox", controlRoutes("cloudflare", ledger, faults));
  app.route("/_sandbox", registryControl(world, outcomes));
  app.get("/", (c) => {
    settleDue(world);
    return c.html(namesPage(world), 200, pageHeaders());
  });
  return { app, world };
}

function answerError(error: Error, c: Ctx): Response {
  if (error instanceof ApiError) return fail(c, error);
  process.stderr.write(`${error.stack ?? error.message}\n`);
  return failures.broken(c);
}
