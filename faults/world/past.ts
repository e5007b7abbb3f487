import { mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Bell } from "@/lib/world.ts";
import type { Browser } from "./buyer.ts";
import type { Disks } from "./homes.ts";
import type { Delivered } from "./mailbox.ts";

/** What a world holds outside of PostgreSQL when every process of ours is dead: plain data, to be written down and gone on from. */
export interface Past {
  readonly clock: string;
  /** The vendors' ledgers, of which their state is a fold, and what is published. */
  readonly folder: Folder;
  readonly disks: Disks;
  readonly letters: readonly Delivered[];
  /** Every bell that was ever rung: a ring is heard at least once, so the next release may hear each of them again. */
  readonly bells: readonly Bell[];
  readonly browsers: readonly Browser[];
}

/** By path: the lines of each file, and where each link leads. */
export interface Folder {
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly links: Readonly<Record<string, string>>;
}

export function readFolder(folder: string): Folder {
  const files: Record<string, string[]> = {};
  const links: Record<string, string> = {};
  // By hand: asked for everything below, Node follows the links too.
  const walk = (under: string): void => {
    for (const entry of readdirSync(join(folder, under), { withFileTypes: true })) {
      const path = join(under, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.isSymbolicLink()) links[path] = readlinkSync(join(folder, path));
      else files[path] = readFileSync(join(folder, path), "utf8").split("\n");
    }
  };
  walk("");
  return { files, links };
}

export function writeFolder(folder: string, { files, links }: Folder): void {
  const room = (path: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    return join(folder, path);
  };
  for (const [path, lines] of Object.entries(files)) writeFileSync(room(path), lines.join("\n"));
  for (const [path, to] of Object.entries(links)) symlinkSync(to, room(path));
}
