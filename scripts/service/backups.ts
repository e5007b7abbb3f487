/** Where a copy's homes are backed up to: what .env says, and in the sandbox a folder and a key pair of the copy's own. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Layout, made, root, settings } from "./layout.ts";
import { only } from "./shares.ts";

export const python = join(made, "python/bin/python");
export const homeserverFolder = join(root, "workers/homeserver");

const names = [
  "BACKUP_TO",
  "BACKUP_RECIPIENT",
  "BACKUP_KEEP_DAILY",
  "BACKUP_KEEP_WEEKLY",
  "BACKUP_FROM_HOUR",
  "BACKUP_HOURS",
  "BACKUP_S3_ENDPOINT",
  "BACKUP_S3_REGION",
  "BACKUP_S3_KEY",
  "BACKUP_S3_SECRET",
] as const;

/** The private key of the sandbox's backups. A real one is never on the machine whose homes it opens. */
export const sandboxIdentity = (layout: Layout): string => join(layout.data, "backup-identity.txt");

export function backupSettings(layout: Layout): Record<string, string> {
  const env = settings(layout);
  const said = only(env, names);
  if (said["BACKUP_TO"] || !env["SANDBOX"]) return said;
  return { ...said, BACKUP_TO: join(layout.data, "backups"), BACKUP_RECIPIENT: sandboxRecipient(layout) };
}

function sandboxRecipient(layout: Layout): string {
  const file = sandboxIdentity(layout);
  if (!existsSync(file))
    execFileSync(python, ["-m", "nameplate_homes.backup", "new-identity", file], { cwd: homeserverFolder });
  const [, recipient] = /^# public key: (age1\w+)$/m.exec(readFileSync(file, "utf8")) ?? [];
  if (!recipient) throw new Error(`${file} names no public key. Move it away, and a new pair is made.`);
  return recipient;
}
