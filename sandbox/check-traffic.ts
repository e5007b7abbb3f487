/**
 * Holds everything that the stand-ins said and heard in one run against the vendors' own API descriptions:
 * `node sandbox/check-traffic.ts RECORD_FOLDER SPECS_FOLDER`. What differs is explained in traffic-exceptions.json, a
 * sentence each, or is printed here and ends the program with 1. STRIPE_WEBHOOK_SECRET lets signatures be checked too.
 */
import { join } from "node:path";
import { openChecker, readExchanges, type Violation } from "./shared/conformance.ts";
import exceptions from "./traffic-exceptions.json" with { type: "json" };

/** A difference that is meant, in one place of a call and everything below it; without `path` anywhere in the call. */
interface Exception {
  readonly vendor: string;
  readonly kind: string;
  readonly call: string;
  readonly path?: string;
  readonly why: string;
}

const explains =
  ({ vendor, endpoint, kind, path }: Violation) =>
  (one: Exception): boolean =>
    one.vendor === vendor &&
    one.kind === kind &&
    one.call === endpoint &&
    (one.path === undefined || `${placeOf(path)}.`.startsWith(`${one.path}.`));

/** The same place in every item of a list. */
const placeOf = (path: string): string => path.replaceAll(/\[\d+\]/g, "[]");

async function check(record: string, specs: string): Promise<boolean> {
  const { report } = await openChecker(specs);
  let good = true;
  for (const vendor of ["stripe", "stripe-webhook", "cloudflare"]) {
    const exchanges = readExchanges(join(record, `${vendor}.jsonl`));
    const { violations } = report(exchanges, { strict: true });
    const left = violations.filter((one) => !(exceptions as readonly Exception[]).some(explains(one)));
    for (const line of new Set(left.map(inOneLine))) console.error(line);
    if (exchanges.length === 0) console.error(`${vendor}: nothing was recorded`);
    console.log(
      `${vendor}: ${exchanges.length} exchanges, ${violations.length - left.length} findings explained, ${left.length} not`,
    );
    good &&= left.length === 0 && exchanges.length > 0;
  }
  return good;
}

const inOneLine = ({ vendor, endpoint, kind, path, message }: Violation): string =>
  `  ${vendor} ${endpoint}: ${kind} at ${placeOf(path)}: ${message}`;

const [record, specs] = process.argv.slice(2);
if (!record || !specs) {
  console.error("Usage: node sandbox/check-traffic.ts RECORD_FOLDER SPECS_FOLDER");
  process.exit(2);
}
process.exit((await check(record, specs)) ? 0 : 1);
