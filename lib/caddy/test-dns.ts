/** For tests only: a name server that knows what it is told, over UDP. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { decode, encode } from "dns-packet";

export interface TestDns {
  /** HOST:PORT. */
  readonly address: string;
  /** Addresses by name. A name that is not in it does not exist. */
  readonly names: Map<string, readonly string[]>;
  close(): void;
}

export async function startTestDns(): Promise<TestDns> {
  const names = new Map<string, readonly string[]>();
  const socket = createSocket("udp4");
  socket.on("message", (packet, from) => {
    const { id, questions } = decode(packet);
    const [question] = questions ?? [];
    const known = names.get(question?.name ?? "");
    const type = question?.type === "AAAA" ? "AAAA" : "A";
    const answers = (known ?? [])
      .filter((data) => data.includes(":") === (type === "AAAA"))
      .map((data) => ({ type, name: question?.name ?? "", ttl: 0, data }) as const);
    // 3: there is no such name.
    socket.send(
      encode({ type: "response", id: id ?? 0, flags: known ? 0 : 3, questions: questions ?? [], answers }),
      from.port,
      from.address,
    );
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { address: `127.0.0.1:${socket.address().port}`, names, close: () => socket.close() };
}
