import { connect } from "node:net";
import type { Layout } from "./layout.ts";

/** Forgets everything that lies in a copy's Redis: rings, bells that are being answered, counted tries. For tests. */
export function emptyRedis({ ports, secrets }: Layout): Promise<void> {
  return new Promise((resolve, reject) => {
    const words = `AUTH ${secrets["REDIS"]}\r\nFLUSHALL\r\nQUIT\r\n`;
    const socket = connect(ports.redis, "127.0.0.1", () => socket.write(words));
    let answers = "";
    socket.setEncoding("utf8").once("error", reject);
    socket.on("data", (part: string) => {
      answers += part;
    });
    socket.once("close", () => {
      if (answers === "+OK\r\n".repeat(3)) resolve();
      else reject(new Error(`Redis answered ${answers}`));
    });
  });
}
