import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** One way in which an exchange differs from the vendor's description. `endpoint` is such as `POST /v1/refunds`. */
export interface Violation {
  readonly vendor: string;
  readonly endpoint: string;
  readonly kind: string;
  readonly path: string;
  readonly message: string;
}
export interface Checker {
  report(
    exchanges: readonly Exchange[],
    options?: { readonly webhookSecret?: string; readonly strict?: boolean },
  ): { readonly lines: readonly string[]; readonly violations: readonly Violation[] };
}
export interface Exchange {
  readonly vendor: string;
  readonly fault?: string;
}

/** Said in place of a result where no descriptions are at hand. */
export const noDescriptions = "not checked: VENDOR_SPECS names no folder of API descriptions";

/**
 * Holds recorded traffic against the vendors' own API descriptions (`conform.mjs` in the folder that VENDOR_SPECS
 * names). Gives one line a kind of finding. Answers that were spoiled on purpose are left out.
 */
export async function findings(
  file: string,
  webhookSecret?: string,
): Promise<readonly string[] | typeof noDescriptions> {
  const folder = process.env["VENDOR_SPECS"];
  if (!folder) return noDescriptions;
  const { report } = await openChecker(folder);
  const exchanges = readExchanges(file);
  if (exchanges.length === 0) throw new Error(`${file} holds no traffic to check`);
  return report(exchanges, webhookSecret === undefined ? {} : { webhookSecret }).lines;
}

/** The checker in a folder of API descriptions. */
export const openChecker = async (folder: string): Promise<Checker> =>
  (await import(pathToFileURL(join(folder, "conform.mjs")).href)) as Checker;

/** A vendor's recorded traffic, without the answers that were spoiled on purpose. */
export function readExchanges(file: string): Exchange[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  const all = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Exchange);
  return all.filter(({ fault }) => fault !== "malformed");
}
