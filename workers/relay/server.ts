import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Log } from "@/lib/log.ts";
import { routeTo } from "./route.ts";
import type { RelaySettings } from "./settings.ts";
import { readTarget } from "./target.ts";
import { join, reach, type TunnelLimits, usualLimits } from "./tunnel.ts";

/** Tunnels at once: three hundred homes with a few each. Beyond that something is wrong, and the rest must go on. */
const mostTunnels = 2_000;
/** A CONNECT is a few hundred bytes, sent at once. */
const headersMs = 10_000;

/**
 * An HTTP proxy that knows one verb. Allowed tunnels are not logged, for they tell whom a family writes to; refused ones
 * are, for a homeserver has no reason to ask.
 */
export function relayServer(settings: RelaySettings, log: Log, limits: TunnelLimits = usualLimits): Server {
  const server = createServer({ headersTimeout: headersMs, maxHeaderSize: 8_192 }, (_, response) => {
    response.writeHead(405, { allow: "CONNECT", "content-type": "text/plain" }).end("This is a relay for CONNECT.\n");
  });
  let open = 0;
  server.on("connect", (request: IncomingMessage, near: Duplex, head: Buffer) => {
    near.on("error", () => near.destroy());
    if (open >= mostTunnels) return answer(near, 503, "too many tunnels");
    open += 1;
    relay(request.url ?? "", near, head)
      .catch((error: unknown) => {
        log.error({ err: error }, "the relay failed");
        near.destroy();
      })
      .finally(() => {
        open -= 1;
      });
  });
  return server;

  async function relay(text: string, near: Duplex, head: Buffer): Promise<void> {
    const target = readTarget(text);
    if ("refused" in target) return refuse(near, text, target.refused);
    const endpoints = await routeTo(target, settings);
    if ("refused" in endpoints) return refuse(near, text, endpoints.refused);
    const far = await reach(endpoints, limits);
    if (!far) return answer(near, 502, "does not answer");
    if (near.destroyed) return void far.destroy();
    near.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) far.write(head);
    await join(near, far, limits);
  }

  function refuse(near: Duplex, text: string, why: string): void {
    log.warn({ target: text.slice(0, 300), why }, "the relay refused a target");
    answer(near, 403, why);
  }
}

function answer(near: Duplex, status: number, why: string): void {
  near.end(`HTTP/1.1 ${status} ${why}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
