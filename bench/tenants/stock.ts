/** The peer: a stock Synapse a family, started as its own documentation says, on the same PostgreSQL. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { callHome } from "@/lib/synapse/unix-http.ts";
import { made } from "../../scripts/service/layout.ts";
import { median, sleep, timed, until } from "./figures.ts";
import { pssMegabytes } from "./proc.ts";
import type { World } from "./world.ts";

const births = 5;
/** Memory is read when the first background work is over. */
const settleSeconds = 30;
const python = join(made, "python/bin/python");

interface Stock {
  readonly child: ChildProcess;
  readonly socket: string;
}

/** The least that bcrypt takes: a hash of a millisecond. Synapse makes no first account without one. */
const hardlyHashed = 4;

/** Database, configuration, process and a first account. Everything not named here is Synapse's own default. */
async function birth(world: World, name: string, more: Readonly<Record<string, unknown>> = {}): Promise<Stock> {
  const folder = join(world.folder, `stock-${name}`);
  mkdirSync(folder);
  const database = `stock_${name.replaceAll(/\W/g, "_")}`;
  const password = randomBytes(16).toString("hex");
  const admin = await world.connect("postgres");
  await admin.query(`CREATE ROLE ${database} LOGIN PASSWORD '${password}'`);
  await admin.query(
    `CREATE DATABASE ${database} OWNER ${database} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
  );
  const { port } = admin;
  await admin.end();
  const socket = join(folder, "s.sock");
  const secret = randomBytes(16).toString("hex");
  writeFileSync(
    join(folder, "signing.key"),
    `ed25519 a_test ${randomBytes(32).toString("base64").replaceAll("=", "")}\n`,
  );
  writeFileSync(
    join(folder, "homeserver.yaml"),
    JSON.stringify({
      server_name: name,
      report_stats: false,
      suppress_key_server_warning: true,
      signing_key_path: join(folder, "signing.key"),
      media_store_path: join(folder, "media"),
      pid_file: join(folder, "pid"),
      registration_shared_secret: secret,
      listeners: [{ path: socket, type: "http", resources: [{ names: ["client", "federation"] }] }],
      database: { name: "psycopg2", args: { user: database, password, dbname: database, host: "127.0.0.1", port } },
      ...more,
    }),
  );
  const child = spawn(python, ["-m", "synapse.app.homeserver", "-c", join(folder, "homeserver.yaml")], {
    stdio: "ignore",
    cwd: folder,
  });
  await until(`the stock homeserver of ${name} answers`, () =>
    callHome(socket, { method: "GET", path: "/_matrix/client/versions", what: "look" }).then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
  await register(socket, secret);
  return { child, socket };
}

async function register(socket: string, secret: string): Promise<void> {
  const path = "/_synapse/admin/v1/register";
  const { body } = await callHome(socket, { method: "GET", path, what: "ask for a nonce" });
  const [nonce, username, password] = [String(body["nonce"]), "anna", "a long enough password"];
  const mac = createHmac("sha1", secret).update([nonce, username, password, "notadmin"].join("\0")).digest("hex");
  const wanted = { nonce, username, password, admin: false, mac };
  const { status } = await callHome(socket, { method: "POST", path, body: wanted, what: "register" });
  if (status !== 200) throw new Error(`The stock homeserver answered ${status}`);
}

export interface StockFigures {
  readonly birthSeconds: number;
  /** With next to no hash of the account's password, as ours are born with none. */
  readonly birthWithoutPasswordSeconds: number;
  readonly megabytes: number;
}

export async function measureStock(world: World): Promise<StockFigures> {
  const usual: { seconds: number; value: Stock }[] = [];
  const bare: { seconds: number; value: Stock }[] = [];
  for (let i = 0; i < births; i++) {
    usual.push(await timed(() => birth(world, `stock${i}.test`)));
    bare.push(await timed(() => birth(world, `bare${i}.test`, { bcrypt_rounds: hardlyHashed })));
  }
  await sleep(settleSeconds);
  const megabytes = median(usual.map(({ value }) => pssMegabytes([value.child.pid ?? 0])));
  for (const { value } of [...usual, ...bare]) {
    const ended = once(value.child, "exit");
    value.child.kill("SIGTERM");
    await ended;
  }
  const seconds = (all: readonly { seconds: number }[]) => median(all.map((one) => one.seconds));
  return { birthSeconds: seconds(usual), birthWithoutPasswordSeconds: seconds(bare), megabytes };
}
