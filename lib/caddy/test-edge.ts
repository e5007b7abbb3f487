/** For tests only: the real edge with its one configuration, in a folder and on ports of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { type IncomingHttpHeaders, request as plain } from "node:http";
import { request as secure } from "node:https";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { connect as connectTls } from "node:tls";
import { systemClock } from "@/lib/clock.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
export interface TestEdge {
  readonly folder: string;
  readonly wwwFolder: string;
  readonly socketFolder: string;
  readonly caFile: string;
  readonly httpsPort: number;
  readonly httpPort: number;
  https(host: string, path: string, asked?: Asked): Promise<Answer>;
  http(host: string, path: string, asked?: Asked): Promise<Answer>;
  /** Writes these very bytes after a handshake for `serverName`; what came back until the edge hung up. */
  raw(serverName: string | undefined, bytes: string): Promise<string>;
  begin(): Promise<void>;
  end(): Promise<void>;
  clean(): Promise<void>;
}

/** Starting takes 0.2 s; making the authority's keys on a busy machine a little more. */
const longestStartMs = 20_000;
/** The edge answers or hangs up at once; a test must not wait for its idle limit. */
const longestAnswerMs = 5_000;

export async function startTestEdge(more: Readonly<Record<string, string>> = {}): Promise<TestEdge> {
  const root = resolve(import.meta.dirname, "../..");
  const folder = await mkdtemp(join(tmpdir(), "ne-"));
  const [httpsPort, httpPort, askPort] = await freePorts(3);
  const wwwFolder = join(folder, "www/hosts");
  const socketFolder = join(folder, "s");
  const caFile = join(folder, "caddy/pki/authorities/local/root.crt");
  for (const one of [wwwFolder, socketFolder]) await mkdir(one, { recursive: true });
  let child: ChildProcess | undefined;
  let said = "";

  const ask = async (secureToo: boolean, host: string, path: string, asked: Asked = {}): Promise<Answer> => {
    const headers = { host, ...asked.headers };
    const common = {
      host: "127.0.0.1",
      path,
      method: asked.method ?? "GET",
      headers,
      timeout: longestAnswerMs,
      agent: false,
    };
    const outgoing = secureToo
      ? secure({ ...common, port: httpsPort, servername: host, ca: await readFile(caFile) })
      : plain({ ...common, port: httpPort });
    return new Promise((done, fail) => {
      outgoing.on("error", fail);
      outgoing.on("timeout", () => outgoing.destroy(new Error("no answer")));
      outgoing.on("response", (incoming) => {
        let body = "";
        incoming.on("data", (part: Buffer) => {
          body += part.toString();
        });
        incoming.on("end", () => done({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }));
        incoming.on("error", fail);
      });
      outgoing.end(asked.body);
    });
  };

  const edge: TestEdge = {
    folder,
    wwwFolder,
    socketFolder,
    caFile,
    httpsPort,
    httpPort,
    https: (host, path, asked) => ask(true, host, path, asked),
    http: (host, path, asked) => ask(false, host, path, asked),
    raw: (serverName, bytes) => raw(httpsPort, serverName, bytes),
    async begin() {
      const caddy = process.env["NAMEPLATE_CADDY"] ?? join(root, ".nameplate/python/bin/caddy");
      const config = ["--config", join(root, "workers/edge/Caddyfile"), "--adapter", "caddyfile"];
      const started = spawn(caddy, ["run", ...config], {
        stdio: ["ignore", "ignore", "pipe"],
        env: {
          NODE_ENV: "test",
          PATH: process.env["PATH"],
          XDG_DATA_HOME: folder,
          XDG_CONFIG_HOME: join(folder, "config"),
          WWW_FOLDER: wwwFolder,
          SOCKET_FOLDER: socketFolder,
          EDGE_HTTPS_PORT: String(httpsPort),
          EDGE_HTTP_PORT: String(httpPort),
          EDGE_ASK_PORT: String(askPort),
          EDGE_BIND: "127.0.0.1",
          EDGE_CA: "internal",
          ...more,
        },
      });
      child = started;
      started.stderr.on("data", (part: Buffer) => {
        said += part.toString();
      });
      const until = systemClock.now().getTime() + longestStartMs;
      while (!(existsSync(caFile) && (await listens(askPort)) && (await listens(httpsPort)))) {
        if (started.exitCode !== null || systemClock.now().getTime() > until)
          throw new Error(`The edge does not start:\n${said}`);
        await systemClock.sleep(30);
      }
    },
    async end() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
    async clean() {
      await edge.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await edge.begin();
  return edge;
}

function raw(port: number, serverName: string | undefined, bytes: string): Promise<string> {
  return new Promise((done, fail) => {
    let heard = "";
    const socket = connectTls({
      host: "127.0.0.1",
      port,
      rejectUnauthorized: false,
      ...(serverName === undefined ? {} : { servername: serverName }),
    });
    socket.setTimeout(longestAnswerMs, () => socket.destroy(new Error("the edge kept the connection open")));
    socket.on("secureConnect", () => socket.write(bytes));
    socket.on("data", (part) => {
      heard += part.toString("latin1");
    });
    // An answer is a promise kept even when the connection is then torn down.
    socket.on("error", (error) => (heard === "" && !/ECONNRESET/.test(String(error)) ? fail(error) : done(heard)));
    socket.on("close", () => done(heard));
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => done(true));
    socket.on("error", () => done(false));
    socket.on("close", () => socket.destroy());
    socket.on("connect", () => socket.destroy());
  });
}

async function freePorts(count: 3): Promise<[number, number, number]>;
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
