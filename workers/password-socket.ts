import { chmodSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { z } from "zod";
import { httpStatus, NameplateError } from "@/lib/errors.ts";
import { type FirstPasswordTools, setFirstPassword } from "@/lib/households/set-first-password.ts";
import type { Log } from "@/lib/log.ts";

const shape = z.strictObject({ token: z.string().min(1).max(100), password: z.string().max(4096) });

/** The longest body we read: a password of 512 letters in JSON, with room. */
const mostBytes = 16_384;

/** While another worker on this machine holds the socket, we look this often whether it is gone. */
const takeOverMs = 2000;

/**
 * The way of a first password from the web to the homeserver: a Unix socket with one verb. The password is in no table,
 * job, log or mail; the web holds no power over any homeserver. Of several workers one holds the socket.
 */
export function holdPasswordSocket(path: string, tools: FirstPasswordTools & { log: Log }): { close(): Promise<void> } {
  const server = createServer((request, response) => void answer(tools, request, response));
  let closing = false;
  const hold = async (): Promise<void> => {
    while (!closing && !server.listening) {
      if (await answers(path)) await tools.clock.sleep(takeOverMs);
      else
        await listen(server, path).catch((error: unknown) =>
          tools.log.warn({ err: error }, "The password socket could not be opened yet"),
        );
    }
  };
  void hold();
  return {
    async close() {
      closing = true;
      if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Whether somebody listens there now; a socket left behind by a killed worker does not count. */
const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

function listen(server: Server, path: string): Promise<void> {
  rmSync(path, { force: true });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => {
      server.off("error", reject);
      chmodSync(path, 0o600);
      resolve();
    });
  });
}

async function answer(
  tools: FirstPasswordTools & { log: Log },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const say = (status: number, body: object): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  try {
    await setFirstPassword(tools, shape.parse(JSON.parse(await receive(request))));
    say(200, {});
  } catch (error) {
    if (error instanceof NameplateError) return say(httpStatus(error), { kind: error.kind, say: error.say ?? null });
    const strange = error instanceof z.ZodError || error instanceof SyntaxError;
    // The error itself, never the request: it holds the password.
    tools.log.error(
      { err: strange ? new Error("The request had a wrong shape") : error },
      "A first password could not be set",
    );
    say(strange ? 400 : 503, { kind: "unreachable", say: null });
  }
}

async function receive(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += (part as Buffer).length;
    if (bytes > mostBytes) throw new NameplateError("bad-input", "Too long");
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString("utf8");
}
