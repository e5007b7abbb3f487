import { join } from "node:path";
import { Refused, Unreachable } from "@/lib/errors.ts";
import type { HomeState, HomeserverHost } from "@/lib/provisioning/ports.ts";
import { checkHomeName, readHousehold, readSigningKeyFile, writeManifest, writeSecrets } from "./home-folder.ts";
import { askHost, type HostAnswer } from "./host-line.ts";
import { type Answer, accepted, type Call, callHome, nobodyListens } from "./unix-http.ts";

export interface TenantHostSettings {
  readonly homesFolder: string;
  readonly socketFolder: string;
  readonly hostSocket: string;
}

/** Stopping takes at most ten seconds. */
const stopSeconds = 20;
/** Beside that, dropping a database takes less than one. */
const removalSeconds = 30;
/** Failures that will be the same until somebody changes something. */
const lasting = new Set(["bad-manifest", "no-key", "no-secrets"]);

export function tenantHost(settings: TenantHostSettings): HomeserverHost {
  const { homesFolder, socketFolder, hostSocket } = settings;
  return {
    async state(name) {
      checkHomeName(name);
      const found = described(await askHost(hostSocket, { do: "state", name }));
      return found && { ...found, household: await readHousehold(homesFolder, name) };
    },
    async ensureRunning(name, { secrets, household }, seconds) {
      await writeSecrets(homesFolder, name, secrets);
      await writeManifest(homesFolder, name, "running", household);
      // Without this a home that failed a while ago would first sit out its pause.
      await askHost(hostSocket, { do: "converge", name });
      const answer = await askHost(hostSocket, { do: "wait", name, seconds });
      if (answer.state !== "running" && answer.state !== "asleep") throw notAsWanted(name, "run", answer);
    },
    async ensureStopped(name) {
      await writeManifest(homesFolder, name, "stopped");
      await askHost(hostSocket, { do: "converge", name });
      const answer = await askHost(hostSocket, { do: "wait", name, seconds: stopSeconds });
      if (answer.state !== "stopped") throw notAsWanted(name, "stop", answer);
    },
    handedKey: (name) => readSigningKeyFile(homesFolder, name),
    async remove(name) {
      checkHomeName(name);
      if ((await askHost(hostSocket, { do: "state", name })).state === "unknown") return;
      await writeManifest(homesFolder, name, "gone");
      await askHost(hostSocket, { do: "converge", name });
      const answer = await askHost(hostSocket, { do: "wait", name, seconds: removalSeconds });
      if (answer.state !== "gone") throw notAsWanted(name, "remove", answer);
    },
    async servedKey(name) {
      checkHomeName(name);
      return servedKey(join(socketFolder, `${name}.sock`));
    },
  };
}

function described(answer: HostAnswer): Omit<HomeState, "household"> | undefined {
  if (answer.state === "unknown") return undefined;
  return {
    state: answer.state,
    ...(answer.code === undefined ? {} : { code: answer.code }),
    ...(answer.reason === undefined ? {} : { reason: answer.reason }),
    ...(answer.version === undefined ? {} : { version: answer.version }),
  };
}

function notAsWanted(name: string, call: string, answer: HostAnswer): Refused | Unreachable {
  const words = `The home of ${name} is ${answer.state}${answer.reason ? `: ${answer.reason}` : ""}`;
  const vendor = { vendor: "tenant host", call };
  // "unknown": the host does not see the manifest we wrote, so the two look at different folders.
  if (answer.state === "unknown" || lasting.has(answer.code ?? "")) return new Refused(words, vendor);
  return new Unreachable(words, vendor);
}

async function servedKey(socketPath: string): Promise<{ keyId: string; publicKey: string } | undefined> {
  const call: Call = { method: "GET", path: "/_matrix/key/v2/server", what: "read the served key" };
  let answer: Answer;
  try {
    answer = await callHome(socketPath, call);
  } catch (error) {
    if (nobodyListens(error)) return undefined;
    throw error;
  }
  const keys = accepted(call, answer)["verify_keys"] as Record<string, { key?: unknown }> | undefined;
  const [keyId, entry] = Object.entries(keys ?? {})[0] ?? [];
  if (keyId === undefined || typeof entry?.key !== "string")
    throw new Refused("The home serves no signing key", { vendor: "Synapse", call: call.what });
  return { keyId, publicKey: entry.key };
}
