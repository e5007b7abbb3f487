import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import Stripe from "stripe";
import { expect } from "vitest";
import exceptions from "./conform-exceptions.json" with { type: "json" };
import { freshFolder, keys, movableClock, startStripe, webhookSecret } from "./test-kit.ts";

/** A folder with descriptions of the vendors' APIs and a checker for recorded traffic; it is no part of this repository. */
export const specs = process.env["VENDOR_SPECS"];

interface Finding {
  readonly endpoint: string;
  readonly kind: string;
  readonly path: string;
  readonly message: string;
}
interface Checker {
  validateEvent(event: object, options: object): readonly Finding[];
  report(exchanges: readonly object[], options: object): { readonly violations: readonly Finding[] };
}

/** A finding is explained where an entry of the exceptions names its endpoint (or how that begins, before a star), kind and path. */
const explained = (finding: Finding): boolean =>
  (exceptions as readonly { endpoint: string; kind: string; path: string; why: string }[]).some(
    ({ endpoint, kind, path }) =>
      (endpoint.endsWith("*") ? finding.endpoint.startsWith(endpoint.slice(0, -1)) : endpoint === finding.endpoint) &&
      kind === finding.kind &&
      path === finding.path,
  );

const loadChecker = async (): Promise<Checker> =>
  (await import(pathToFileURL(join(specs ?? "", "conform.mjs")).href)) as Checker;

/** What the recorded traffic has that the description of Stripe's API does not explain. */
export async function findings(exchanges: readonly object[]): Promise<readonly Finding[]> {
  const checker = await loadChecker();
  const { violations } = checker.report(exchanges, { strict: true, webhookSecret });
  return violations.filter((finding) => !explained(finding));
}

export const recordOf = (file: string): object[] =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);

/** A stand-in whose every answer is compared with the description of Stripe's API when it closes, where there is one. */
export async function checkedOnClose() {
  const clock = movableClock();
  const folder = freshFolder();
  const running = await startStripe({ recordFolder: folder }, clock);
  const sdk = new Stripe(keys.full, {
    host: "127.0.0.1",
    port: running.port,
    protocol: "http",
    maxNetworkRetries: 0,
  });
  return {
    ...running,
    sdk,
    push: clock.push,
    async close(): Promise<void> {
      if (specs === undefined) return running.close();
      const events = await sdk.events.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 });
      await running.close();
      expect(await findings(recordOf(join(folder, "stripe.jsonl")))).toEqual([]);
      const { validateEvent } = await loadChecker();
      // The SDK makes objects of the decimals that come as text; JSON makes text of them again.
      const told = JSON.parse(JSON.stringify(events)) as object[];
      expect(told.flatMap((event) => validateEvent(event, { strict: true })).filter((one) => !explained(one))).toEqual(
        [],
      );
    },
  };
}
export type Checked = Awaited<ReturnType<typeof checkedOnClose>>;
