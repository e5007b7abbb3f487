/** Builds web, workers and stand-ins into .nameplate/build/HASH, once a version of the sources. Prints the folder's path with --print. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { build as bundle } from "esbuild";
import { prices } from "../../lib/billing/prices.ts";
import { PriceProblems } from "../../lib/billing/read-price-book.ts";
import { made, root } from "./layout.ts";

const entries = {
  worker: "workers/main.ts",
  relay: "workers/relay.ts",
  "sandbox-stripe": "sandbox/stripe/main.ts",
  "sandbox-cloudflare": "sandbox/cloudflare/main.ts",
  "sandbox-mail": "sandbox/mail/main.ts",
};
const sources = [
  "app",
  "components",
  "lib",
  "messages",
  "workers",
  "sandbox",
  "prisma",
  "public",
  "package-lock.json",
  "next.config.js",
  "proxy.ts",
  "instrumentation.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "scripts/service/build.ts",
];

/** A fingerprint of everything a build depends on. */
function fingerprint(): string {
  const hash = createHash("sha256");
  const add = (path: string): void => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (name === "generated" || name === "__pycache__") continue;
        add(join(path, name));
      }
    } else if (!/\.test\.tsx?$/.test(path))
      hash.update(relative(root, path)).update("\0").update(readFileSync(path)).update("\0");
  };
  for (const source of sources) add(join(root, source));
  return hash.digest("hex").slice(0, 16);
}

/** npx-less: the project's own commands, run by node 24. */
function run(name: string, args: string[], env: Record<string, string> = {}): void {
  try {
    execFileSync(join(root, "node_modules/.bin", name), args, {
      cwd: root,
      env: {
        ...process.env,
        PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"]}`,
        NEXT_TELEMETRY_DISABLED: "1",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    const words = `${stdout ?? ""}${stderr ?? ""}`.trimEnd().split("\n").slice(-30).join("\n");
    console.error(`\n${words}\n\nBuilding stopped at: ${name} ${args.join(" ")}`);
    process.exit(1);
  }
}

async function part(words: string, work: () => void | Promise<void>): Promise<void> {
  const begun = performance.now();
  process.stdout.write(`  ${words.padEnd(58)}`);
  await work();
  console.log(`${String(Math.round((performance.now() - begun) / 1000)).padStart(4)} s`);
}

export function generate(): void {
  // The client is made from the schema alone; the address is only asked for.
  run("prisma", ["generate"], { DATABASE_URL: process.env["DATABASE_URL"] ?? "postgres://none" });
}

async function bundles(into: string): Promise<void> {
  await bundle({
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)])),
    outdir: into,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    packages: "external",
    sourcemap: true,
    loader: { ".css": "text" },
    logLevel: "error",
  });
  writeFileSync(join(into, "package.json"), '{"type":"module"}');
}

/** Next's server with its static files beside it, away from the folder that the next build overwrites. */
function webBuild(into: string): void {
  run("next", ["build"]);
  const dist = join(made, "next");
  cpSync(join(dist, "standalone"), join(into, "web"), { recursive: true, verbatimSymlinks: true });
  // Next's server is CommonJS, and the package around it says otherwise.
  writeFileSync(join(into, "web/package.json"), '{"type":"commonjs"}');
  cpSync(join(dist, "static"), join(into, "web/.nameplate/next/static"), { recursive: true });
  // A published schema is a link to where it is used.
  const publicFiles = join(root, "public");
  if (existsSync(publicFiles)) cpSync(publicFiles, join(into, "web/public"), { recursive: true, dereference: true });
}

/** Prices are part of a build: with a mistake in them there is none, and all mistakes are named at once. */
function refuseBadPrices(): void {
  try {
    prices();
  } catch (error) {
    if (!(error instanceof PriceProblems)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Makes this version's build where it is missing, and returns its folder. */
export async function ensureBuild(): Promise<string> {
  refuseBadPrices();
  const name = fingerprint();
  const folder = join(made, "build", name);
  if (existsSync(folder)) return folder;
  const unfinished = join(made, "build", `${name}.unfinished`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  await part("Making the database client", generate);
  await part("Building workers and sandbox", () => bundles(unfinished));
  await part("Building the web (about a minute)", () => webBuild(unfinished));
  renameSync(unfinished, folder);
  forgetOldBuilds(name);
  return folder;
}

/** Keeps the two newest builds beside this one: a running copy may still serve the last. */
function forgetOldBuilds(keep: string): void {
  const all = join(made, "build");
  const old = readdirSync(all)
    .filter((name) => name !== keep)
    .sort((a, b) => statSync(join(all, b)).mtimeMs - statSync(join(all, a)).mtimeMs);
  for (const name of old.slice(2)) rmSync(join(all, name), { recursive: true, force: true });
}

if (import.meta.filename === process.argv[1]) {
  const folder = await ensureBuild();
  if (process.argv.includes("--print")) console.log(folder);
}
