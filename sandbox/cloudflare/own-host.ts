import type { World } from "./world.ts";
import { Draft } from "./zones/draft.ts";

/** A host that whoever runs this writes into the address book by hand, where names are not pretend. Once written it stays. */
export function leadOwnHost(world: World, name: string, addresses: readonly string[]): void {
  if (world.zoneNamed(name)) return;
  world.happen({ kind: "zone.created", id: world.newId(), name });
  const zone = world.zoneNamed(name);
  if (!zone) throw new Error(`No zone ${name} was made`);
  const draft = new Draft(world, zone);
  for (const content of addresses) draft.create({ type: content.includes(":") ? "AAAA" : "A", name, content, ttl: 1 });
  draft.commit();
}
