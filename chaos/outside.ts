/** A home as another family's server finds it: through the edge, over TLS with the certificate verified for its name. */
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { caFile, type Layout } from "../scripts/service/layout.ts";

/** The key that a home signs with, asked of it from outside; undefined where it is not to be found. */
export type Outside = (name: string) => Promise<string | undefined>;

/** The database may be away at this moment, and the home is asked again: so often, a second apart. */
const tries = 15;

export const outsideOf =
  (layout: Layout): Outside =>
  async (name) => {
    for (let left = tries; left > 0; left--) {
      const found = await look(layout, name).catch(() => undefined);
      if (found) return found;
      await sleep(1000);
    }
    return undefined;
  };

async function look(layout: Layout, name: string): Promise<string | undefined> {
  const where = (await ask(layout, name, "/.well-known/matrix/server")) as { "m.server"?: string };
  if (where["m.server"] !== `${name}:443`) return undefined;
  const keys = (await ask(layout, name, "/_matrix/key/v2/server")) as { server_name?: string; verify_keys?: object };
  return keys.server_name === name ? Object.keys(keys.verify_keys ?? {})[0] : undefined;
}

function ask(layout: Layout, host: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port: layout.ports.edge,
        servername: host,
        ca: readFileSync(caFile(layout)),
        path,
        headers: { host },
        agent: false,
        timeout: 10_000,
      },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (part: string) => {
          text += part;
        });
        answer.on("error", reject);
        answer.on("end", () => {
          if (answer.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`${host}${path} answered ${answer.statusCode}`));
        });
      },
    );
    asked.on("timeout", () => asked.destroy(new Error("no answer")));
    asked.on("error", reject);
    asked.end();
  });
}
