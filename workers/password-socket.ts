import { chmodSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { z } from "zod";
import { httpStatus, NameplateError } from "@/lib/errors.ts";
import { type FirstPasswordTools, setFirstPassword } from "@/lib/households/set-first-password.ts";
import type { Log } from "@/lib/log.ts";

const shape = z.strictObject({ token: z.string().min(1).max(100), password: z.string().max(4096) });

/** The longest body we read: a password of 512 letters in JSON, with room. */
const mostBytes = 16_384;

/**
 * The way of a first password from the web to the homeserver: a Unix socket with one verb. The password is in no table,
 * job, log or mail; the web holds no power over any homeserver.
 */
export function openPasswordSocket(path: string, tools: FirstPasswordTools & { log: Log }): Promise<Server> {
  rmSync(path, { force: true });
  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    receive(request)
      .then((body) => setFirstPassword(tools, shape.parse(JSON.parse(body))))
      .then(() => answer(200, {}))
      .catch((error: unknown) => {
        if (error instanceof NameplateError)
          return answer(httpStatus(error), { kind: error.kind, say: error.say ?? null });
        // The error itself, never the request: it holds the password.
        tools.log.error(
          { err: error instanceof z.ZodError ? new Error("The request had a wrong shape") : error },
          "A first password could not be set",
        );
        answer(error instanceof z.ZodError ? 400 : 503, { kind: "unreachable", say: null });
      });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve(server);
    });
  });
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
