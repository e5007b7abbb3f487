import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// Beside the packages, which the bundles look for from where they lie.
const cache = join(process.cwd(), "node_modules", ".cache");
let folder: string;
beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, "sandbox-"));
  await build({
    entryPoints: ["sandbox/cloudflare/main.ts", "sandbox/mail/main.ts"],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const ports = { PORT: "0", DNS_PORT: "0", SMTP_PORT: "0" };
const keys = { CLOUDFLARE_ACCOUNT: "a", CLOUDFLARE_TOKEN: "t", CLOUDFLARE_SEARCH_TOKEN: "s" };
function run(vendor: string, env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [join(folder, vendor, "main.mjs")], {
    env: { NODE_ENV: "test", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}
async function firstLine(child: ChildProcess, from: "stdout" | "stderr"): Promise<string> {
  const [chunk] = await once(child[from] ?? child, "data");
  return String(chunk);
}

describe.each(["cloudflare", "mail"])("the process %s", (vendor) => {
  test("says that it is ready, and ends cleanly within a second though somebody still holds a line", async () => {
    const child = run(vendor, { ...ports, ...keys, DATA_FOLDER: join(folder, vendor, "data") });
    const said = JSON.parse(await firstLine(child, "stdout")) as { ready: string; ports: Record<string, number> };
    expect(said.ready).toBe(vendor);
    const open = Object.values(said.ports).map((port) => connect(port, "127.0.0.1"));
    for (const socket of open) socket.on("error", () => undefined);
    await Promise.all(open.map((socket) => once(socket, "connect")));
    const health = await fetch(`http://127.0.0.1:${said.ports["http"]}/_sandbox/health`);
    expect(await health.json()).toEqual({ ok: true, name: vendor });
    const begun = performance.now();
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  test("lists every setting that is missing or malformed, and does not start", async () => {
    const child = run(vendor, { PORT: "http" });
    const said = await firstLine(child, "stderr");
    for (const name of ["PORT", "DATA_FOLDER", vendor === "mail" ? "SMTP_PORT" : "CLOUDFLARE_TOKEN"])
      expect(said).toContain(name);
    expect(await once(child, "exit")).toEqual([1, null]);
  });
});
