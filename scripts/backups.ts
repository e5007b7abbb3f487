/**
 * Backups of the homes of the copy that scripts/start runs here: npm run backups -- list | backup NAME | restore NAME | drill [NAME]
 * The words are handed on as they are (workers/homeserver/README.md).
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { backupSettings, homeserverFolder, python, sandboxIdentity } from "./service/backups.ts";
import { layoutOf, made } from "./service/layout.ts";
import { homeSettings } from "./service/programs.ts";

const data = join(made, "run");
const copyFile = join(data, "copy.json");
if (!existsSync(copyFile)) {
  console.error("Nameplate has not run here yet: scripts/start");
  process.exit(1);
}
const { sockets, base } = JSON.parse(readFileSync(copyFile, "utf8")) as { sockets: string; base: number };
const layout = layoutOf(data, sockets, base);
const done = spawnSync(python, ["-m", "nameplate_homes.backup", ...process.argv.slice(2)], {
  cwd: homeserverFolder,
  env: {
    ...process.env,
    ...homeSettings(layout),
    ...backupSettings(layout),
    ...(existsSync(sandboxIdentity(layout)) ? { BACKUP_IDENTITY_FILE: sandboxIdentity(layout) } : {}),
    PYTHONDONTWRITEBYTECODE: "1",
  },
  stdio: "inherit",
});
process.exit(done.status ?? 1);
