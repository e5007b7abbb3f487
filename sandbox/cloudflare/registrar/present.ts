import type { Workflow } from "../happenings.ts";
import type { Registration, World } from "../world.ts";
import { isOver } from "./workflow.ts";

/** The registration as this API shows it; undefined when there is none, nor one on its way. */
export function presentRegistration(world: World, name: string) {
  const registration = world.registrations.get(name);
  if (registration) return presentReady(name, registration, world.clock.now());
  const workflow = world.workflows.get(name);
  if (!workflow || isOver(workflow)) return undefined;
  return {
    domain_name: name,
    status: "registration_pending",
    created_at: workflow.begun,
    expires_at: null,
    auto_renew: workflow.order.autoRenew,
    locked: false,
    privacy_mode: workflow.order.privacyMode,
  };
}

const presentReady = (name: string, { order, created, expires, autoRenew, leaving }: Registration, now: Date) => ({
  domain_name: name,
  status: leaving ? "transfer_pending" : expires > now.toISOString() ? "active" : "expired",
  created_at: created,
  expires_at: expires,
  auto_renew: autoRenew,
  // A new name may not move to another registrar for 60 days; this one stays locked until asked.
  locked: !leaving,
  privacy_mode: order.privacyMode,
});

export function presentWorkflow(world: World, account: string, name: string, workflow: Workflow) {
  const base = `/accounts/${account}/registrar/registrations/${name}`;
  const { state, words, order } = workflow;
  return {
    completed: isOver(workflow),
    state,
    created_at: workflow.begun,
    updated_at: workflow.moved,
    links: { self: `${base}/registration-status`, resource: base },
    context: {
      domain_name: name,
      ...(state === "succeeded" && { registration: presentRegistration(world, name) }),
      ...(state === "action_required" && {
        action: words ?? "The registrant must confirm their e-mail address.",
        confirmation_sent_to: order.registrant.email,
      }),
      ...(state === "blocked" && { reason: words ?? "The registry is holding this registration." }),
    },
    ...(state === "failed" && {
      error: { code: "made_for_sandbox", message: words ?? "The registry refused this registration." },
    }),
  };
}

/** A change of a registration is done at once here; this is the workflow that says so. */
export function presentUpdate(world: World, account: string, name: string, registration: Registration) {
  const base = `/accounts/${account}/registrar/registrations/${name}`;
  return {
    completed: true,
    state: "succeeded",
    created_at: registration.changed,
    updated_at: registration.changed,
    links: { self: `${base}/update-status`, resource: base },
    context: { domain_name: name, registration: presentRegistration(world, name) },
  };
}
