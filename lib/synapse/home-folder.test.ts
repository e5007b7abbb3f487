import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors.ts";
import type { Household } from "@/lib/provisioning/household.ts";
import { databaseName, readHousehold, writeManifest, writeSecrets } from "./home-folder.ts";
import { homeSecrets } from "./home-secrets.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hf-"));
});
afterEach(() => rm(folder, { recursive: true }));

const master = "a master key of at least 32 characters";
const secrets = homeSecrets(master, "smith.family", "ed25519 a_1 key");

describe("what is handed to the tenant host", () => {
  it("closes secrets to everybody but us", async () => {
    await writeSecrets(folder, "smith.family", secrets);
    const at = join(folder, "secrets", "smith.family");
    expect((await stat(at)).mode & 0o777).toBe(0o700);
    for (const file of await readdir(at)) expect((await stat(join(at, file))).mode & 0o777, file).toBe(0o600);
    expect(await readdir(at)).toEqual(["secrets.json", "signing.key"]);
  });

  it("is a manifest without any secret", async () => {
    await writeManifest(folder, "smith.family", "running");
    const manifest = await readFile(join(folder, "manifests", "smith.family.yaml"), "utf8");
    expect(JSON.parse(manifest)).toEqual({
      version: 1,
      name: "smith.family",
      database: databaseName("smith.family"),
      want: "running",
    });
  });

  it("is a manifest as the tenant host's published schema wants it", async () => {
    const read = async (path: string) => JSON.parse(await readFile(`workers/homeserver/${path}`, "utf8"));
    const rules = await read("nameplate_rules/rules.schema.json");
    // Its conditions name fields of a child, not a whole one.
    const isManifest = new Ajv2020({ strictRequired: false, schemas: [rules] }).compile(
      await read("nameplate_homes/manifest.schema.json"),
    );
    for (const want of ["running", "stopped", "gone"] as const) {
      await writeManifest(folder, "smith.family", want);
      const text = await readFile(join(folder, "manifests", "smith.family.yaml"), "utf8");
      expect(isManifest(JSON.parse(text)), JSON.stringify(isManifest.errors)).toBe(true);
    }
  });

  it("keeps what staff set in a manifest, and nothing of a broken one", async () => {
    const path = join(folder, "manifests", "smith.family.yaml");
    const set = { isolation: "own", sleep: false, synapse: "1.163.2", limits: { memoryMegabytes: 1024 } };
    await writeManifest(folder, "smith.family", "running");
    await writeFile(
      path,
      JSON.stringify({ ...JSON.parse(await readFile(path, "utf8")), ...set, database: "t_x", odd: 1 }),
    );
    await writeManifest(folder, "smith.family", "stopped");
    const own = { version: 1, name: "smith.family", database: databaseName("smith.family"), want: "stopped" };
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ ...own, ...set });
    for (const broken of ['{"version": 1, "name": "smi', "null", "[]", "- a\n- b"]) {
      await writeFile(path, broken);
      await writeManifest(folder, "smith.family", "stopped");
      expect(JSON.parse(await readFile(path, "utf8")), broken).toEqual(own);
    }
  });

  it("has what holds for the children as it was said last, and none when the last of them has gone", async () => {
    const told = async (...said: [] | [Household | null]) => {
      await writeManifest(folder, "smith.family", "running", ...said);
      return readHousehold(folder, "smith.family");
    };
    const household: Household = { zone: "Europe/London", parents: ["anna"], children: [] };
    expect(await told(household)).toEqual(household);
    expect(await told()).toEqual(household);
    expect(await told(null)).toBeNull();
  });

  it("is not written again when it is the same", async () => {
    const both = async () => {
      await writeSecrets(folder, "smith.family", secrets);
      await writeManifest(folder, "smith.family", "running");
      const files = [
        "secrets/smith.family/signing.key",
        "secrets/smith.family/secrets.json",
        "manifests/smith.family.yaml",
      ];
      return Promise.all(files.map(async (file) => (await stat(join(folder, file))).ino));
    };
    expect(await both()).toEqual(await both());
  });

  it.each([
    "..",
    ".",
    "",
    "a",
    "a/../b.c",
    "UPPER.family",
    "sp ace.family",
    "-a.family",
    "a-.family",
    "ümlaut.de",
    `${"a".repeat(64)}.family`,
    `a.${"b.".repeat(40)}family`,
    "a.family\n",
    "a..b",
  ])("is refused for %j, which is no host name a home can have", async (name) => {
    await expect(writeManifest(folder, name, "running")).rejects.toThrow(Refused);
    await expect(writeSecrets(folder, name, secrets)).rejects.toThrow(Refused);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a database's name", () => {
  it.each(["smith.family", "a-b.c-d.co.uk", `${"x".repeat(63)}.family`])(
    "of %s is one the manifest's schema allows",
    (name) => {
      expect(databaseName(name)).toMatch(/^t_[a-z0-9_]{1,61}$/);
      expect(databaseName(name).length).toBeLessThanOrEqual(63);
    },
  );

  it("tells apart names that look alike once dots and hyphens are gone", () => {
    expect(databaseName("a-b.family")).not.toBe(databaseName("a.b.family"));
    expect(databaseName(`${"x".repeat(60)}.a`)).not.toBe(databaseName(`${"x".repeat(60)}.b`));
  });
});

describe("a home's secrets", () => {
  it("can be made again from the master key, and differ by purpose and by name", () => {
    expect(homeSecrets(master, "smith.family", "k")).toEqual(homeSecrets(master, "smith.family", "k"));
    const all = ["smith.family", "jones.family"].flatMap((name) => {
      const { registrationSecret, macaroonSecret, formSecret } = homeSecrets(master, name, "k");
      return [registrationSecret, macaroonSecret, formSecret];
    });
    expect(new Set(all).size).toBe(6);
  });
});
