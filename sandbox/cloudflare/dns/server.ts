import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import type { Listening } from "@/sandbox/shared/serve.ts";
import { settleDue } from "../registrar/workflow.ts";
import type { World } from "../world.ts";
import { reply } from "./reply.ts";

/** A resolver that says nothing for this long is hung up on. */
const idleMs = 5000;

/** Answers on UDP and TCP of the same port, on this machine only; port 0 takes a free one. */
export async function serveDns(world: World, port: number): Promise<Listening> {
  const respond = (message: Buffer, over: "udp" | "tcp") => {
    settleDue(world);
    return reply(world, message, over);
  };
  const tcp = await listenTcp(respond, port);
  const udp = await listenUdp(respond, tcp.port).catch(async (error: unknown) => {
    await tcp.close();
    throw error;
  });
  return {
    port: tcp.port,
    close: async () => {
      await Promise.all([tcp.close(), new Promise<void>((done) => udp.close(() => done()))]);
    },
  };
}

type Respond = (message: Buffer, over: "udp" | "tcp") => Buffer | undefined;

function listenUdp(respond: Respond, port: number): Promise<UdpSocket> {
  const socket = createSocket("udp4");
  socket.on("message", (message, from) => {
    const response = respond(message, "udp");
    if (response) socket.send(response, from.port, from.address);
  });
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(port, "127.0.0.1", () => {
      socket.off("error", reject);
      // An asker that went away shows up as an error on the next send, and is no concern of the others.
      socket.on("error", () => undefined);
      resolve(socket);
    });
  });
}

function listenTcp(respond: Respond, port: number): Promise<Listening> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    // Broken connections close themselves.
    socket.on("error", () => undefined);
    socket.setTimeout(idleMs, () => socket.destroy());
    converse(socket, respond);
  });
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      for (const socket of open) socket.destroy();
    });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address = server.address();
      resolve({ port: typeof address === "object" && address ? address.port : port, close });
    });
  });
}

/** Each message has its length in two bytes before it; several may come at once, or one in pieces. */
function converse(socket: Socket, respond: Respond): void {
  let waiting = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
      const end = 2 + waiting.readUInt16BE(0);
      const response = respond(waiting.subarray(2, end), "tcp");
      waiting = waiting.subarray(end);
      if (!response) return void socket.destroy();
      const length = Buffer.alloc(2);
      length.writeUInt16BE(response.length);
      socket.write(Buffer.concat([length, response]));
    }
  });
}
