import type { Availability } from "@/lib/provisioning/ports.ts";

/** How one name stands at its registry, with what it would cost us. */
export type Checked = Availability & { readonly name: string };

/** What the web may ask the registrar: looking only. Both may throw `Unreachable` or `Refused` (lib/errors.ts). */
export interface NameSearch {
  /** Asks the registries themselves. At most 20 names; malformed ones may be missing from the answer. */
  check(names: readonly string[]): Promise<readonly Checked[]>;
  /** The JSON Schema of what must be told to register a name with this ending, such as `family`. */
  registrationSchema(ending: string): Promise<unknown>;
}
