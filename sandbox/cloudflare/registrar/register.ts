import { ApiError, type Ctx, json, refuse, succeed } from "../envelope.ts";
import type { Workflow } from "../happenings.ts";
import type { World } from "../world.ts";
import { askRegistry } from "./ask-registry.ts";
import { presentWorkflow } from "./present.ts";
import { nameIn, readOrder } from "./read-order.ts";
import { beginWorkflow, isOver, type Outcome, settleDue } from "./workflow.ts";

/** Plans for registrations to come: for the next of any name, or for one name. */
export class Outcomes {
  #next: Outcome | undefined;
  readonly #byName = new Map<string, Outcome>();

  plan(outcome: Outcome, name?: string): void {
    if (name === undefined) this.#next = outcome;
    else this.#byName.set(name, outcome);
  }

  take(name: string): Outcome {
    const own = this.#byName.get(name);
    if (own) {
      this.#byName.delete(name);
      return own;
    }
    const next = this.#next ?? { outcome: "succeeded" };
    this.#next = undefined;
    return next;
  }
}

/** Notes that a POST came, before anything can come of it. */
export async function noteArrival(world: World, c: Ctx): Promise<void> {
  const body: unknown = await json(c).catch((error: unknown) => {
    // A body that cannot be read is refused later; that it came counts all the same.
    if (error instanceof ApiError) return undefined;
    throw error;
  });
  world.happen({ kind: "registrations.create.received", name: nameIn(body) ?? null });
}

/** Names an account may hold, as the vendor documents it. */
const nameLimit = 500;

/** Buys a name: 201 when it is done at once, else 202 and a workflow to follow. */
export async function register(world: World, outcomes: Outcomes, account: string, c: Ctx): Promise<Response> {
  const order = readOrder(await json(c));
  const before = world.workflows.get(order.name);
  if (world.registrations.has(order.name)) throw refuse(409, `${order.name} is already registered in this account.`);
  if (before && !isOver(before)) throw refuse(409, `A registration of ${order.name} is already under way.`);
  if (world.registrations.size >= nameLimit) throw refuse(400, `This account already has ${nameLimit} names.`);
  refuseUnavailable(world, order.name);
  beginWorkflow(world, order, outcomes.take(order.name));
  const async = /(^|,)\s*respond-async\s*(,|$)/i.test(c.req.header("prefer") ?? "");
  if (async) c.header("Preference-Applied", "respond-async");
  else settleDue(world);
  const workflow = world.workflows.get(order.name) as Workflow;
  const status = workflow.state === "succeeded" ? 201 : 202;
  return succeed(c, presentWorkflow(world, account, order.name, workflow), { status });
}

function refuseUnavailable(world: World, name: string): void {
  const answer = askRegistry(world, name)?.answer;
  if (answer?.kind === "available") return;
  if (answer?.reason === "domain_premium")
    throw refuse(400, `${name} is a premium name, which cannot be registered over this API.`);
  throw refuse(400, `${name} is not available for registration.`);
}
