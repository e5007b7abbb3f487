import type { HomeserverHost, OutsideView } from "../ports.ts";
import type { Step } from "../step.ts";

/** Address books need a moment to show a new line. */
const againSeconds = 2;

/**
 * Everything a friend's server or app asks for is there, at every address, as seen from outside. Only reads, and of a
 * home that was seen before and sleeps, or rests, asks only what it need not be woken for.
 */
export const seenFromOutside = (
  view: OutsideView,
  edgeAddresses: readonly string[],
  host: Pick<HomeserverHost, "state">,
): Step<"seen-from-outside"> => ({
  name: "seen-from-outside",
  needs: { present: ["records", "site", "homeserver", "certificate", "owner"], gone: [] },
  async inspect(tenant, want, known) {
    if (want === "gone") return { state: "settled", facts: { checks: 0 } };
    const before = known["seen-from-outside"];
    const still = async () => Boolean(tenant.rests) || (await host.state(tenant.name))?.state === "asleep";
    const asleep = before !== undefined && (await still());
    const keyId = known.homeserver?.keyId ?? "";
    const checks = await view.look(tenant.name, { keyId, addresses: edgeAddresses, asleep });
    const wrong = checks.filter((check) => !check.ok);
    if (wrong.length === 0 && checks.length > 0)
      return { state: "settled", facts: asleep ? before : { checks: checks.length } };
    const detail = wrong.map((check) => `${check.what}: ${check.detail}`).join("; ") || "Nothing could be looked at";
    const seen = checks.length - wrong.length;
    return {
      state: "waiting",
      reason: { code: "not-seen-yet", detail, say: { key: "seenFrom", values: { n: seen, m: checks.length } } },
      checkAfterSeconds: againSeconds,
    };
  },
});
