import { isDeepStrictEqual } from "node:util";
import type { Escrow, EscrowedKey, HomeState, HomeserverHost } from "../ports.ts";
import { isHomeCode } from "../reasons.ts";
import type { Change, Facts, Finding, Step, Tenant } from "../step.ts";

/** A home starts in well under a second; past this the host says why it does not. */
const startSeconds = 15;

/**
 * The home runs, and signs with the key that was locked away before it was first used. One that rests has no process, and keeps
 * everything.
 */
export const homeserver = (host: HomeserverHost, escrow: Escrow): Step<"homeserver"> => ({
  name: "homeserver",
  needs: { present: [], gone: ["records", "owner"] },
  async inspect(tenant, want, known) {
    const found = await host.state(tenant.name);
    if (want === "gone") return gone(host, tenant, found?.state);
    if (tenant.rests) return resting(host, tenant, found?.state, known.homeserver);
    const key = await escrow.find(tenant.name);
    const start = {
      verb: "create",
      summary: `Start the homeserver of ${tenant.name}`,
      run: async () => {
        const needs = { secrets: await escrow.secretsFor(tenant.name), household: tenant.household };
        await host.ensureRunning(tenant.name, needs, startSeconds);
      },
    } as const;
    if (!key) return withoutKey(host, escrow, tenant, { start, lives: found !== undefined && found.state !== "gone" });
    // An account of a child is made after this step alone (steps/owner.ts): no child was ever at home without its rules.
    if (found && lives.has(found.state) && !isDeepStrictEqual(found.household, tenant.household))
      return {
        state: "changes",
        changes: [{ ...start, verb: "update", summary: `Tell the home of ${tenant.name} what holds for its children` }],
      };
    switch (found?.state) {
      case "running":
        return running(host, tenant, key, found.version ?? "");
      case "asleep": {
        // Seen with this key when it was awake: it cannot have come by another in its sleep, and a look would wake it.
        const before = known.homeserver;
        return before?.keyId === key.keyId
          ? { state: "settled", facts: before }
          : running(host, tenant, key, found.version ?? "");
      }
      case "starting":
        return {
          state: "waiting",
          reason: { code: "starting", detail: "The homeserver is starting" },
          checkAfterSeconds: 1,
        };
      case "failed":
        return failed(found);
      default:
        return { state: "changes", changes: [start] };
    }
  },
});

/** A process of it answers, or will as soon as somebody asks. */
const lives: ReadonlySet<HomeState["state"]> = new Set(["running", "asleep"]);

/** What was seen of it last stands: it is looked at again when it wakes. One that is not there is not made to be stopped. */
function resting(
  host: HomeserverHost,
  { name }: Tenant,
  state: HomeState["state"] | undefined,
  before: Facts["homeserver"] | undefined,
): Finding<"homeserver"> {
  if (state === undefined || state === "stopped" || state === "gone")
    return { state: "settled", facts: before ?? { keyId: "", version: "" } };
  const summary = `Stop the homeserver of ${name}, which rests`;
  return { state: "changes", changes: [{ verb: "update", summary, run: () => host.ensureStopped(name) }] };
}

/** Many failures end when their cause does, so the host is asked again each minute. */
function failed({ code, reason }: HomeState): Finding<"homeserver"> {
  const words = reason ?? "The homeserver does not start";
  return {
    state: "blocked",
    reason:
      code === undefined || isHomeCode(code)
        ? { code: code ?? "home-failed", detail: words }
        : { code: "home-failed", detail: `${code}: ${words}` },
    checkAfterSeconds: 60,
  };
}

/** A name has one key in its life: one that was handed over before is locked away again, and never replaced. */
async function withoutKey(
  host: HomeserverHost,
  escrow: Escrow,
  { name }: Tenant,
  { start, lives }: { readonly start: Change; readonly lives: boolean },
): Promise<Finding<"homeserver">> {
  const handed = await host.handedKey(name);
  if (!handed && lives)
    return {
      state: "blocked",
      reason: { code: "wrong-key", detail: `A home lives at ${name}, and no key is in escrow` },
    };
  const lockAway: Change = {
    verb: "create",
    summary: handed ? `Lock the signing key of ${name} away again` : `Make the signing key of ${name} and lock it away`,
    run: async () => void (await (handed ? escrow.adopt(name, handed) : escrow.create(name))),
  };
  return { state: "changes", changes: [lockAway, start] };
}

/** A key that is not the one in escrow would make the home a stranger to everyone it wrote to. */
async function running(
  host: HomeserverHost,
  tenant: Tenant,
  key: EscrowedKey,
  version: string,
): Promise<Finding<"homeserver">> {
  const served = await host.servedKey(tenant.name);
  if (!served)
    return {
      state: "waiting",
      reason: { code: "starting", detail: "The homeserver does not answer on its socket yet" },
      checkAfterSeconds: 1,
    };
  if (served.keyId !== key.keyId || served.publicKey !== key.publicKey) {
    return {
      state: "blocked",
      reason: { code: "wrong-key", detail: `Serves ${served.keyId}, in escrow is ${key.keyId}` },
    };
  }
  return { state: "settled", facts: { keyId: key.keyId, version } };
}

function gone(host: HomeserverHost, tenant: Tenant, state: string | undefined): Finding<"homeserver"> {
  if (state === undefined || state === "gone") return { state: "settled", facts: { keyId: "", version: "" } };
  return {
    state: "changes",
    changes: [
      { verb: "delete", summary: `Remove the homeserver of ${tenant.name}`, run: () => host.remove(tenant.name) },
    ],
  };
}
