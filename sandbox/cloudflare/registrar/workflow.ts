import type { RegistrationOrder, Workflow, WorkflowState } from "../happenings.ts";
import type { World } from "../world.ts";

/** What the control endpoint plans for a registration that is still to come. */
export interface Outcome {
  readonly outcome: Exclude<WorkflowState, "in_progress">;
  /** How long it is under way before; without it, not at all. A pending one then succeeds, or else stays pending. */
  readonly afterMs?: number | undefined;
  readonly words?: string | undefined;
}

/** Begins one. It is in the ledger before anything comes of it. */
export function beginWorkflow(world: World, order: RegistrationOrder, { outcome, afterMs, words }: Outcome): void {
  const at = new Date(world.clock.now().getTime() + (afterMs ?? 0)).toISOString();
  const said = words === undefined ? {} : { words };
  const pending = outcome === "pending";
  const state = pending ? "pending" : "in_progress";
  const then = pending ? "succeeded" : outcome;
  const next = pending && afterMs === undefined ? {} : { next: { at, state: then, ...said } };
  world.happen({ kind: "workflow.begun", workflow: { order, state, ...(pending && said), ...next } });
}

/** Lets happen what was due by now. Called before anything is read, so no timer is needed and a restart loses none. */
export function settleDue(world: World): void {
  const now = world.clock.now().toISOString();
  for (const [name, { next }] of world.workflows) {
    if (next && next.at <= now) moveWorkflow(world, name, next.state, next.words);
  }
  for (const name of world.registrations.keys()) renewDue(world, name);
}

/** This registrar renews by itself a month before a name runs out. */
const renewsBefore = 30 * 86_400_000;

function renewDue(world: World, name: string): void {
  const until = world.clock.now().getTime() + renewsBefore;
  const isDue = () => {
    const found = world.registrations.get(name);
    return found?.autoRenew && Date.parse(found.expires) <= until;
  };
  while (isDue()) world.happen({ kind: "registration.renewed", name });
}

export function moveWorkflow(world: World, name: string, state: WorkflowState, words?: string): void {
  const workflow = world.workflows.get(name);
  if (!workflow) return;
  if (state === "succeeded") world.happen({ kind: "registered", order: workflow.order, zoneId: world.newId() });
  else world.happen({ kind: "workflow.moved", name, state, ...(words !== undefined && { words }) });
}

export const isOver = (workflow: Workflow): boolean => workflow.state === "succeeded" || workflow.state === "failed";
