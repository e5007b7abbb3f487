import { Hono } from "hono";
import { z } from "zod";
import { bodyOf, notUnderstood } from "@/sandbox/shared/control.ts";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { type Price, workflowStates } from "./happenings.ts";
import { parseName } from "./registrar/names.ts";
import type { Outcomes } from "./registrar/register.ts";
import { isOver, moveWorkflow, settleDue } from "./registrar/workflow.ts";
import type { World } from "./world.ts";

const name = z.string().transform((given, problems) => {
  const parsed = parseName(given)?.name;
  if (parsed !== undefined) return parsed;
  problems.addIssue("is not a name");
  return z.NEVER;
});
const money = z.string().regex(/^\d+\.\d{2}$/, "is a decimal string such as 17.80");

/** A price is either one sum for every year, or one for the first and one for later years. */
const price = z.union([money, z.strictObject({ registration: money, renewal: money })]);
const nameBody = z.strictObject({ state: z.enum(["taken", "premium", "available"]), price: price.optional() });
const outcomeBody = z.strictObject({
  outcome: z.enum(["succeeded", "pending", "action_required", "blocked", "failed"]),
  afterMs: z.int().min(0).optional(),
  words: z.string().optional(),
  name: name.optional(),
});
const transferBody = z.strictObject({ state: z.enum(["asked", "refused", "done"]) });
const advanceBody = z.strictObject({ state: z.enum(workflowStates), words: z.string().optional() });

/** What only the sandbox has, under `/_sandbox`: the registry and the people in it, told what to do. */
export function registryControl(world: World, outcomes: Outcomes): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  app.put("/names/:name", async (c) => {
    const read = nameBody.extend({ name }).safeParse({ ...asObject(await bodyOf(c)), name: c.req.param("name") });
    if (!read.success) return notUnderstood(c, read.error);
    const { price, ...set } = read.data;
    world.happen({ kind: "name.set", ...set, ...(price !== undefined && { price: priceOf(price) }) });
    return c.json(world.names.get(set.name));
  });
  app.put("/extensions/:ending", async (c) => {
    const read = z.strictObject({ price }).safeParse(await bodyOf(c));
    if (!read.success) return notUnderstood(c, read.error);
    world.happen({ kind: "ending.priced", ending: c.req.param("ending"), price: priceOf(read.data.price) });
    return c.json(read.data);
  });
  app.put("/registrations/next", async (c) => {
    const read = outcomeBody.safeParse(await bodyOf(c));
    if (!read.success) return notUnderstood(c, read.error);
    const { name: only, ...outcome } = read.data;
    outcomes.plan(outcome, only);
    return c.json(read.data);
  });
  app.post("/registrations/:name/advance", async (c) => {
    const read = advanceBody.safeParse(await bodyOf(c));
    if (!read.success) return notUnderstood(c, read.error);
    settleDue(world);
    const wanted = c.req.param("name").toLowerCase();
    const workflow = world.workflows.get(wanted);
    if (!workflow) return c.json({ problems: [`There is no registration of ${wanted} under way.`] }, 404);
    if (isOver(workflow))
      return c.json({ problems: [`The registration of ${wanted} is over: ${workflow.state}.`] }, 409);
    moveWorkflow(world, wanted, read.data.state, read.data.words);
    return c.json(world.workflows.get(wanted));
  });
  app.put("/registrations/:name", async (c) => {
    const read = z.strictObject({ created: z.iso.datetime() }).safeParse(await bodyOf(c));
    if (!read.success) return notUnderstood(c, read.error);
    world.happen({ kind: "registration.dated", name: c.req.param("name").toLowerCase(), ...read.data });
    return c.json(read.data);
  });
  app.post("/registrations/:name/transfer", async (c) => {
    const read = transferBody.safeParse(await bodyOf(c));
    if (!read.success) return notUnderstood(c, read.error);
    const [wanted, { state }] = [c.req.param("name").toLowerCase(), read.data];
    if (!world.registrations.has(wanted)) return c.json({ problems: [`There is no registration of ${wanted}.`] }, 404);
    const kind = state === "done" ? "registration.transferred" : (`transfer.${state}` as const);
    world.happen({ kind, name: wanted });
    return c.json({ transfer: state });
  });
  app.delete("/registrations/:name", (c) => {
    const wanted = c.req.param("name").toLowerCase();
    const known = world.registrations.has(wanted) || world.workflows.has(wanted);
    if (!known) return c.json({ problems: [`There is no registration of ${wanted}.`] }, 404);
    world.happen({ kind: "registration.removed", name: wanted });
    return c.json({ removed: wanted });
  });
  return app;
}

const priceOf = (price: string | Price): Price =>
  typeof price === "string" ? { registration: price, renewal: price } : price;

const asObject = (body: unknown): object => (typeof body === "object" && body !== null ? body : {});
