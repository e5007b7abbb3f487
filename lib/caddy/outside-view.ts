import type { Clock } from "@/lib/clock.ts";
import type { OutsideCheck, OutsideView } from "@/lib/provisioning/ports.ts";
import { addressesOf } from "./address-book.ts";
import { type Expected, type Question, questions } from "./outside-checks.ts";
import { getJson, type Target } from "./pinned-get.ts";
import { trustedRoots } from "./trust.ts";

export interface OutsideSettings {
  /** HOST:PORT of the address book to ask, or the system's own. */
  readonly dnsServer: string | undefined;
  /** Port of the edge as the world sees it. */
  readonly port: number;
  /** Roots to trust beside everybody's. */
  readonly caFile: string | undefined;
}

/**
 * Looks at a home as a stranger's server does. `clock` is the real one even where ours can be moved: homeservers and
 * certificates keep their own time.
 */
export function outsideView(settings: OutsideSettings, clock: Clock): OutsideView {
  return {
    async look(name, { keyId, addresses, asleep = false }) {
      const found = await addressesOf(name, settings.dnsServer).catch((error: Error) => error);
      const book = addressBook(found, addresses);
      if (found instanceof Error) return [book];
      const roots = await trustedRoots(settings.caFile);
      const asked = questions.filter((question) => question.published || !asleep);
      const expected: Expected = { name, keyId, now: clock.now().getTime() };
      const checks = await Promise.all(
        found.map((address) => lookAt({ host: name, address, port: settings.port, roots }, asked, expected)),
      );
      return [book, ...checks.flat()];
    },
  };
}

function addressBook(found: readonly string[] | Error, wanted: readonly string[]): OutsideCheck {
  const what = "address book";
  if (found instanceof Error) return { what, ok: false, detail: found.message };
  const strange = found.filter((address) => !wanted.includes(address));
  const missing = wanted.filter((address) => !found.includes(address));
  if (found.length === 0) return { what, ok: false, detail: "no address yet" };
  if (strange.length > 0) return { what, ok: false, detail: `leads elsewhere: ${strange.join(", ")}` };
  if (missing.length > 0) return { what, ok: false, detail: `does not have ${missing.join(", ")} yet` };
  return { what, ok: true, detail: found.join(", ") };
}

/** Each answer comes over TLS verified for the name: a wrong certificate fails every one of them. */
const lookAt = (target: Target, asked: readonly Question[], expected: Expected): Promise<readonly OutsideCheck[]> =>
  Promise.all(
    asked.map(async ({ what, path, problem }): Promise<OutsideCheck> => {
      const at = `${what} at ${target.address}`;
      try {
        const wrong = problem(await getJson(target, path), expected);
        return { what: at, ok: wrong === undefined, detail: wrong ?? "as it should be" };
      } catch (error) {
        return { what: at, ok: false, detail: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
