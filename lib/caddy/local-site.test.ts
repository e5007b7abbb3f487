import { lstat, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Refused } from "@/lib/errors.ts";
import type { SiteHome } from "@/lib/provisioning/ports.ts";
import { localSite } from "./local-site.ts";

let folder: string;
let site: SiteHome;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ls-"));
  site = localSite(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const files = [
  { path: ".well-known/matrix/server", content: '{"m.server":"smith.family:443"}\n' },
  { path: "anna/index.html", content: "<p>Änna</p>" },
];

describe("a local folder of published sites", () => {
  it("reads back what was published, and nothing for a host that is not", async () => {
    expect(await site.read("smith.family")).toBeUndefined();
    await site.publish("smith.family", files);
    expect(await site.read("smith.family")).toEqual(files);
    expect(await site.read("jones.family")).toBeUndefined();
  });

  it("replaces everything at once: a file that is wanted no longer is gone", async () => {
    await site.publish("smith.family", files);
    await site.publish("smith.family", files.slice(0, 1));
    expect(await site.read("smith.family")).toEqual(files.slice(0, 1));
  });

  it("never shows half of a change, however often it is looked at meanwhile", async () => {
    const version = (n: number) => ["a", "b", "c"].map((part) => ({ path: `${part}.html`, content: String(n) }));
    await site.publish("smith.family", version(0));
    let publishing = true;
    const looks = (async () => {
      let count = 0;
      while (publishing) {
        expect((await stat(join(folder, "smith.family", "c.html"))).isFile()).toBe(true);
        count += 1;
      }
      return count;
    })();
    for (let n = 1; n <= 50; n += 1) await site.publish("smith.family", version(n));
    publishing = false;
    expect(await looks).toBeGreaterThan(50);
    expect(await site.read("smith.family")).toEqual(version(50));
  });

  it("writes nothing when it is published again unchanged", async () => {
    await site.publish("smith.family", files);
    const stamp = async () => [
      (await lstat(join(folder, "smith.family"))).ino,
      (await stat(join(folder, "smith.family", "anna/index.html"))).mtimeMs,
    ];
    const before = await stamp();
    await site.publish("smith.family", [...files].reverse());
    expect(await stamp()).toEqual(before);
  });

  it("keeps no more than the version before, and clears up what a crash left half done", async () => {
    for (const content of ["1", "2", "3", "4"]) await site.publish("smith.family", [{ path: "index.html", content }]);
    await site.publish("smith.family.test", files);
    expect(
      (await readdir(join(folder, ".versions"))).filter((one) => /^smith\.family\.[0-9a-f]{24}$/.test(one)),
    ).toHaveLength(2);
    const version = (await readdir(join(folder, ".versions")))[0] ?? "";
    await writeFile(join(folder, ".versions", `${version.slice(0, -3)}abc.1`), "");
    await site.publish("smith.family", files);
    expect((await readdir(join(folder, ".versions"))).filter((one) => one.endsWith(".1"))).toEqual([]);
    expect(await site.read("smith.family.test")).toEqual(files);
  });

  it("withdraws all there is for a host and leaves its neighbours alone", async () => {
    await site.publish("smith.family", files);
    await site.publish("www.smith.family", files);
    await site.withdraw("smith.family");
    await site.withdraw("smith.family");
    expect(await site.read("smith.family")).toBeUndefined();
    expect(await site.read("www.smith.family")).toEqual(files);
    expect((await readdir(folder)).sort()).toEqual([".versions", "www.smith.family"]);
  });

  it("lets the edge's own user read what we write", async () => {
    await site.publish("smith.family", files);
    expect((await stat(join(folder, "smith.family/anna/index.html"))).mode & 0o444).toBe(0o444);
    expect((await stat(join(folder, "smith.family/anna"))).mode & 0o555).toBe(0o555);
  });

  it.each([
    "",
    ".",
    "..",
    "../x.y",
    "a/b.c",
    ".versions",
    "UPPER.family",
    "one",
    "a..b",
    "smith.family/",
    "smith.family\n",
    "a\0.b",
  ])("refuses %j, which is no host the edge serves", async (host) => {
    await expect(site.publish(host, files)).rejects.toThrow(Refused);
    await expect(site.read(host)).rejects.toThrow(Refused);
    await expect(site.withdraw(host)).rejects.toThrow(Refused);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    "",
    "/etc/passwd",
    "../x",
    "a/../../x",
    "a//b",
    "a/",
    ".env",
    "a/.git",
    "a\\b",
    "a\0",
    ".",
    ".well-knownx",
    "a b",
  ])("refuses to write under the path %j", async (path) => {
    await expect(site.publish("smith.family", [{ path, content: "" }])).rejects.toThrow(Refused);
    expect(await readdir(folder)).toEqual([]);
  });

  it("takes every letter an account's name may have", async () => {
    const part = "a.b_c=d-e+f0";
    await site.publish("smith.family", [{ path: `${part}/index.html`, content: "x" }]);
    expect(await readFile(join(folder, "smith.family", part, "index.html"), "utf8")).toBe("x");
  });
});
