import { createHash } from "node:crypto";
import { chmod, mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Refused } from "@/lib/errors.ts";
import type { Household } from "@/lib/provisioning/household.ts";
import type { HomeSecrets } from "@/lib/provisioning/ports.ts";

/** A socket path ends at 107 bytes: 30 for the folder, 70 for the name, the rest for "/" and ".sock". */
const longestName = 70;
const nameShape = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** Every path here is made of the name: nothing that is not a plain host name gets further. */
export function checkHomeName(name: string): void {
  if (name.length > longestName || !nameShape.test(name))
    throw new Refused(`A home cannot be called ${JSON.stringify(name.slice(0, 100))}`, {
      vendor: "tenant host",
      call: "name",
    });
}

/**
 * Database and role of a home, always the same for a name: readable for staff, and told apart by 48 bits of the name's
 * hash. PostgreSQL ends names at 63 bytes.
 */
export function databaseName(name: string): string {
  const readable = name.replaceAll(/[^a-z0-9]/g, "_").slice(0, 44);
  return `t_${readable}_${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;
}

/** Hands a home's secrets to the tenant host: a folder and files that only our own user opens. */
export async function writeSecrets(homesFolder: string, name: string, secrets: HomeSecrets): Promise<void> {
  checkHomeName(name);
  const folder = join(homesFolder, "secrets", name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const { registrationSecret, macaroonSecret, formSecret } = secrets;
  await replaceFile(join(folder, "signing.key"), `${secrets.signingKey.trim()}\n`);
  await replaceFile(join(folder, "secrets.json"), JSON.stringify({ registrationSecret, macaroonSecret, formSecret }));
}

/** The signing key that was handed over for this home, if ever. */
export async function readSigningKeyFile(homesFolder: string, name: string): Promise<string | undefined> {
  checkHomeName(name);
  return readIfThere(join(homesFolder, "secrets", name, "signing.key"));
}

/** Fields that staff and upgrades set in a manifest, each with a default of the host's (manifest.schema.json). */
const othersFields = ["synapse", "isolation", "sleep", "limits"] as const;

/**
 * Says what the tenant host is to do with a home. Manifests hold no secret. What others set in it stays, and so does what holds for
 * its children where nothing is said of it; a file that is not JSON, half of one say, is replaced.
 */
export async function writeManifest(
  homesFolder: string,
  name: string,
  want: "running" | "stopped" | "gone",
  household?: Household | null,
): Promise<void> {
  const path = manifestOf(homesFolder, name);
  const there = asObject(await readIfThere(path));
  const told = household === undefined ? householdIn(there) : household;
  const kept = Object.fromEntries(othersFields.filter((field) => field in there).map((field) => [field, there[field]]));
  const manifest = {
    version: 1,
    name,
    database: databaseName(name),
    want,
    ...kept,
    ...(told ? { household: told } : {}),
  };
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, `${JSON.stringify(manifest)}\n`);
}

/** What a home was told about its children; null where it was told of none. */
export async function readHousehold(homesFolder: string, name: string): Promise<unknown> {
  return householdIn(asObject(await readIfThere(manifestOf(homesFolder, name))));
}

function manifestOf(homesFolder: string, name: string): string {
  checkHomeName(name);
  return join(homesFolder, "manifests", `${name}.yaml`);
}

const householdIn = (manifest: Readonly<Record<string, unknown>>): unknown => manifest["household"] ?? null;

/** The whole file or the old one, never half of it; the same content is not written again. */
async function replaceFile(path: string, content: string): Promise<void> {
  if ((await readIfThere(path)) === content) return;
  const beside = `${path}.new`;
  const file = await open(beside, "w", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}

function asObject(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
