import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, readlink, rename, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Refused } from "@/lib/errors.ts";
import type { SiteFile, SiteHome } from "@/lib/provisioning/ports.ts";

/** What the edge accepts as a host and makes a path of: see workers/edge/Caddyfile. */
const plainHost = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;
/** Parts of a path: no dots to climb with, and of hidden names only the one that discovery needs. */
const plainPart = /^(\.well-known|[A-Za-z0-9_=+-][A-Za-z0-9._=+-]*)$/;
/** No host begins with a dot, so that the edge cannot be led in here. */
const versions = ".versions";

/**
 * Published files as folders of this machine: `WWW/HOST` is a link to one complete version, which changes in one step.
 * For the edge there is never a moment without the files: other servers remember a missing document for an hour.
 */
export function localSite(wwwFolder: string): SiteHome {
  const at = (host: string) => {
    if (!plainHost.test(host)) throw refused(`Not a host to publish for: ${JSON.stringify(host.slice(0, 100))}`);
    return join(wwwFolder, host);
  };
  return {
    async read(host) {
      const folder = at(host);
      if ((await currentVersion(folder)) === undefined) return undefined;
      const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
      const paths = files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
      return Promise.all(
        paths.sort().map(async (path) => ({ path, content: await readFile(join(folder, path), "utf8") })),
      );
    },

    async publish(host, files) {
      const link = at(host);
      checkPaths(files);
      const before = await currentVersion(link);
      const version = join(versions, `${host}.${fingerprint(files)}`);
      if (before === version) return;
      await writeVersion(join(wwwFolder, version), files);
      await pointTo(link, version);
      // The version before stays until the next: a request may be reading it.
      await removeVersions(wwwFolder, host, [version, before]);
    },

    async withdraw(host) {
      const link = at(host);
      if ((await currentVersion(link)) !== undefined) await unlink(link);
      await removeVersions(wwwFolder, host, []);
    },
  };
}

async function currentVersion(link: string): Promise<string | undefined> {
  try {
    return await readlink(link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Written beside and renamed, so that a version that stands under its name is whole, and is not written again. */
async function writeVersion(folder: string, files: readonly SiteFile[]): Promise<void> {
  if (existsSync(folder)) return;
  const beside = `${folder}.${process.pid}`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true, mode: 0o755 });
  for (const file of files) {
    const path = join(beside, file.path);
    await mkdir(dirname(path), { recursive: true, mode: 0o755 });
    await writeFile(path, file.content, { mode: 0o644 });
  }
  await rename(beside, folder);
}

/** A link cannot be changed, but a new one renamed over the old one is one step for whoever looks. */
async function pointTo(link: string, version: string): Promise<void> {
  const beside = join(
    dirname(link),
    versions,
    `link.${process.pid}.${fingerprint([{ path: link, content: version }])}`,
  );
  await rm(beside, { force: true });
  await symlink(version, beside);
  await rename(beside, link);
}

async function removeVersions(wwwFolder: string, host: string, keep: readonly (string | undefined)[]): Promise<void> {
  const all = await readdir(join(wwwFolder, versions)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  // What follows the host is a fingerprint, perhaps with the process that was writing: no other host's versions fit.
  const ours = all.filter(
    (name) => name.startsWith(`${host}.`) && /^[0-9a-f]{24}(\.\d+)?$/.test(name.slice(host.length + 1)),
  );
  const old = ours.filter((name) => !keep.includes(join(versions, name)));
  await Promise.all(old.map((name) => rm(join(wwwFolder, versions, name), { recursive: true, force: true })));
}

function checkPaths(files: readonly SiteFile[]): void {
  for (const { path } of files)
    if (!path.split("/").every((part) => plainPart.test(part)))
      throw refused(`Not a path to publish under: ${JSON.stringify(path.slice(0, 100))}`);
}

/** 96 bits of a hash: enough that no two contents of one family ever meet. */
function fingerprint(files: readonly SiteFile[]): string {
  const inOrder = [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path, content }) => [path, content]);
  return createHash("sha256").update(JSON.stringify(inOrder)).digest("hex").slice(0, 24);
}

const refused = (words: string) => new Refused(words, { vendor: "edge", call: "publish" });
