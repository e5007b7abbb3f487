import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Checker {
  report(exchanges: readonly unknown[], options?: { webhookSecret?: string }): { readonly lines: readonly string[] };
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
  const { report } = (await import(pathToFileURL(join(folder, "conform.mjs")).href)) as Checker;
  const exchanges = readExchanges(file).filter(({ fault }) => fault !== "malformed");
  if (exchanges.length === 0) throw new Error(`${file} holds no traffic to check`);
  return report(exchanges, webhookSecret === undefined ? {} : { webhookSecret }).lines;
}

function readExchanges(file: string): { readonly fault?: string }[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as { fault?: string });
}
