/**
 * Asks the doctor of the tenant host (workers/homeserver, nameplate_homes.doctor) about the copy that scripts/start runs
 * here, or where HOMES_FOLDER is set about what the environment says. Adds what only the product knows: recorded keys.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { backupSettings, homeserverFolder, python } from "./service/backups.ts";
import { layoutOf, made, settings } from "./service/layout.ts";
import { homeSettings } from "./service/programs.ts";
import { only } from "./service/shares.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** What the doctor is told of, besides the host's own settings: where the edge is, and where the product keeps its books. */
const beside = ["WWW_FOLDER", "EDGE_HTTPS_PORT", "EDGE_BIND", "DATABASE_URL"] as const;

function ofCopy(): Env {
  const data = join(made, "run");
  const copyFile = join(data, "copy.json");
  if (!existsSync(copyFile)) {
    console.error("Nameplate has not run here yet: scripts/start");
    process.exit(1);
  }
  if (!existsSync(join(data, "start.pid")))
    console.error("Nameplate does not run here now (scripts/start), so nothing of it answers.\n");
  const { sockets, base } = JSON.parse(readFileSync(copyFile, "utf8")) as { sockets: string; base: number };
  const layout = layoutOf(data, sockets, base);
  return { ...homeSettings(layout), ...backupSettings(layout), ...only(settings(layout), beside) };
}

/** Key id of each name in escrow, as NAME=KEYID; nothing when the product's database cannot say. */
async function recordedKeys(url: string | undefined, names: readonly string[]): Promise<string> {
  if (!url || names.length === 0) return "";
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string; keyId: string }>(
      'SELECT name, "keyId" FROM "SigningKey" WHERE name = ANY($1)',
      [names],
    );
    return rows.map(({ name, keyId }) => `${name}=${keyId}`).join(" ");
  } catch (error) {
    console.error(`The keys in escrow were not compared: ${error instanceof Error ? error.message : String(error)}`);
    return "";
  } finally {
    await client.end();
  }
}

const asked = process.argv.slice(2);
const { DATABASE_URL, ...env } = process.env["HOMES_FOLDER"] ? process.env : ofCopy();
const names = asked.filter((word) => !word.startsWith("-"));
const done = spawnSync(python, ["-m", "nameplate_homes.doctor", ...asked], {
  cwd: homeserverFolder,
  env: {
    PATH: process.env["PATH"],
    ...env,
    RECORDED_KEYS: await recordedKeys(DATABASE_URL, names),
    PYTHONDONTWRITEBYTECODE: "1",
  } as Env as NodeJS.ProcessEnv,
  stdio: "inherit",
});
process.exit(done.status ?? 1);
