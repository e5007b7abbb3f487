import { request } from "node:https";

export interface Target {
  readonly host: string;
  /** The looked-up address: every question of one look goes to it, whatever the address book says meanwhile. */
  readonly address: string;
  readonly port: number;
  readonly roots: string[];
}
export interface Got {
  readonly status: number;
  readonly header: (name: string) => string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A home that is awake answers in milliseconds; asleep, within a second or so. */
const timeoutMs = 15_000;
/** The answers are a few hundred bytes. */
const largestBody = 262_144;

/** One GET over TLS, verified for `host`, of a JSON object. Rejects with a sentence for staff. */
export function getJson(target: Target, path: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: target.address,
        port: target.port,
        servername: target.host,
        ca: target.roots,
        path,
        headers: { host: target.host, accept: "application/json", origin: "https://app.invalid" },
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      },
      (incoming) => {
        let text = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (part: string) => {
          text += part;
          if (text.length > largestBody) incoming.destroy(new Error("the answer is far too long"));
        });
        incoming.on("error", reject);
        incoming.on("end", () => {
          const status = incoming.statusCode ?? 0;
          const body = objectIn(text);
          if (!body) reject(new Error(`status ${status}, and no JSON object`));
          else resolve({ status, body, header: (name) => String(incoming.headers[name] ?? "") });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end();
  });
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
