import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Endpoint } from "./route.ts";

export interface TunnelLimits {
  readonly connectMs: number;
  readonly idleMs: number;
  readonly lifeMs: number;
  readonly bytes: number;
}

export const usualLimits: TunnelLimits = {
  // A server on the other side of the world answers in a third of a second.
  connectMs: 5_000,
  // Homeservers keep a connection for two minutes; a long answer may take as long to begin.
  idleMs: 180_000,
  // A stolen foothold gets no line of its own for longer than this.
  lifeMs: 3_600_000,
  // Ten of the largest uploads there are, in both directions together.
  bytes: 500_000_000,
};

/** The first of the endpoints that answers, or undefined. */
export async function reach(endpoints: readonly Endpoint[], limits: TunnelLimits): Promise<Socket | undefined> {
  for (const endpoint of endpoints) {
    const socket = await attempt(endpoint, limits.connectMs);
    if (socket) return socket;
  }
  return undefined;
}

function attempt({ host, port }: Endpoint, patienceMs: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    const fail = () => {
      socket.destroy();
      resolve(undefined);
    };
    socket.setTimeout(patienceMs, fail);
    socket.once("error", fail);
    socket.once("connect", () => {
      socket.removeListener("error", fail);
      socket.removeListener("timeout", fail);
      resolve(socket);
    });
  });
}

/** Joins the two ends until one ends, nothing moves, the time is over or too much has passed. Resolves when both are closed. */
export function join(near: Duplex, far: Socket, limits: TunnelLimits): Promise<void> {
  return new Promise((resolve) => {
    let left = limits.bytes;
    const end = () => {
      clearTimeout(life);
      near.destroy();
      far.destroy();
      resolve();
    };
    const life = setTimeout(end, limits.lifeMs);
    far.setTimeout(limits.idleMs, end);
    for (const side of [near, far]) {
      side.on("error", end);
      side.on("close", end);
      side.on("data", (part: Buffer) => {
        left -= part.length;
        if (left < 0) end();
      });
    }
    near.pipe(far);
    far.pipe(near);
  });
}
