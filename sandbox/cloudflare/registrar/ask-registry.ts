import type { World } from "../world.ts";
import { type Availability, availability, parseName } from "./names.ts";

/** What the registry says now; undefined when the name is malformed. A name on its way to somebody is gone. */
export function askRegistry(
  world: World,
  given: string,
): { readonly name: string; readonly answer: Availability } | undefined {
  const parsed = parseName(given);
  if (!parsed) return undefined;
  const workflow = world.workflows.get(parsed.name);
  const onItsWay = workflow !== undefined && workflow.state !== "failed";
  const gone = world.registrations.has(parsed.name) || onItsWay;
  const set = { price: world.prices.get(parsed.ending), ...world.names.get(parsed.name) };
  return { name: parsed.name, answer: availability(parsed, gone, set) };
}

/** The same as this API words it in check and search. */
export function describe({ name, answer }: { readonly name: string; readonly answer: Availability }) {
  if (answer.kind === "available") {
    const { registration, renewal } = answer.price;
    const pricing = { currency: "USD", registration_cost: registration, renewal_cost: renewal };
    return { name, registrable: true, tier: "standard", pricing };
  }
  const tier = answer.reason === "domain_premium" ? { tier: "premium" } : {};
  return { name, registrable: false, reason: answer.reason, ...tier };
}
