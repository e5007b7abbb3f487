/** Everything that the built web answers to, from its own manifests: a route that is added is in here by itself. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { copy } from "./copy.ts";

const server = join(copy.build, "web/.nameplate/next/server");
const read = <T>(file: string): T => JSON.parse(readFileSync(join(server, file), "utf8")) as T;

/** What belongs to the framework and shows nobody anything. */
const framework = ["/_global-error", "/_not-found", "/icon.svg"];

/** Paths as the folders of `app` have them, without the names of groups: `/home/[name]/bill`. */
export const routes: readonly string[] = Object.keys(read<Record<string, string>>("app-paths-manifest.json"))
  .map((key) => key.replace(/\/(page|route)$/, "").replaceAll(/\/\([^)]+\)/g, "") || "/")
  .filter((path) => !framework.includes(path))
  .sort();

export interface Action {
  readonly id: string;
  readonly name: string;
  /** A page that runs it, as `routes` has it. */
  readonly path: string;
}

interface Reference {
  readonly exportedName: string;
  readonly workers: Readonly<Record<string, unknown>>;
}

export const actions: readonly Action[] = Object.entries(
  read<{ node: Record<string, Reference> }>("server-reference-manifest.json").node,
).map(([id, { exportedName, workers }]) => ({
  id,
  name: exportedName,
  path: `${Object.keys(workers)[0] ?? ""}`
    .replace(/^app/, "")
    .replace(/\/page$/, "")
    .replaceAll(/\/\([^)]+\)/g, ""),
}));
