import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { homeserver } from "@/lib/provisioning/steps/homeserver.ts";
import { smith } from "@/lib/provisioning/testing/small-world.ts";
import { databaseName } from "@/lib/synapse/home-folder.ts";
import { startTestHost, type TestHost } from "@/lib/synapse/test-host.ts";

let host: TestHost;
beforeAll(async () => {
  host = await startTestHost();
  await host.birth("jones.family");
}, 60_000);
afterAll(() => host.clean(), 60_000);

it("says in the step's finding what the host says of a broken manifest, and the neighbours live on", async () => {
  const { name } = smith;
  const manifest = {
    version: 1,
    name,
    database: databaseName(name),
    want: "running",
    limits: { messagesPerMinute: "many" },
  };
  const path = join(host.homesFolder, "manifests", `${name}.yaml`);
  await writeFile(path, JSON.stringify(manifest));
  await expect.poll(() => host.homes.state(name), { timeout: 5_000 }).toMatchObject({ state: "failed" });
  const step = homeserver(host.homes, {
    find: async () => ({ keyId: "ed25519:a", publicKey: "x" }),
    create: () => Promise.reject(new Error("there is a key already")),
    adopt: () => Promise.reject(new Error("there is a key already")),
    secretsFor: () => Promise.reject(new Error("nothing is to be started")),
  });
  expect(await step.inspect(smith, "present", {})).toEqual({
    state: "blocked",
    reason: {
      code: "bad-manifest",
      detail: "the manifest is not valid: limits/messagesPerMinute: 'many' is not of type 'number'",
    },
    checkAfterSeconds: 60,
  });
  expect(await host.homes.state("jones.family")).toMatchObject({ state: "running" });
  await rm(path);
});
