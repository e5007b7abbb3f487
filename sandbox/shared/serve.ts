import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import type { Hono } from "hono";
import type { Fault } from "./faults.ts";

/** What every stand-in's routes can reach. */
export interface SandboxEnv {
  Bindings: HttpBindings;
  Variables: { fault?: Fault };
}

/** Something that listens. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on this machine only; port 0 takes any free one. Rejects when the port is taken. */
export function listen(app: Hono<SandboxEnv>, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve({
        port: (server.address() as AddressInfo).port,
        close: () =>
          new Promise<void>((closed, failed) => {
            server.close((error) => (error ? failed(error) : closed()));
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      });
    });
  });
}

/** Says on one line of JSON that the process is ready, and ends it cleanly on SIGTERM or SIGINT. */
export function runUntilStopped(name: string, parts: Readonly<Record<string, Listening>>): void {
  const ports = Object.fromEntries(Object.entries(parts).map(([part, { port }]) => [part, port]));
  const stop = () => {
    // Whoever stops us waits a second before pulling harder; a part that hangs must not use it up.
    setTimeout(() => process.exit(1), 900).unref();
    Promise.all(Object.values(parts).map((part) => part.close())).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${name} did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  process.stdout.write(`${JSON.stringify({ ready: name, ports })}\n`);
}
