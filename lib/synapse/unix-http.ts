import { request } from "node:http";
import { Refused, Unreachable, type VendorAnswer } from "@/lib/errors.ts";

export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string;
  /** What staff read when it fails: the path without the person it is about. */
  readonly what: string;
}
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A home answers in milliseconds, a password's hash takes 0.2 s; half a minute means that it hangs. */
const timeoutMs = 30_000;
/** The largest answer we ask for is an account; one megabyte is none of ours. */
const largestAnswer = 1_000_000;

/** One request to a home over its own Unix socket, which no edge stands before. Any HTTP status is an answer. */
export function callHome(socketPath: string, call: Call): Promise<Answer> {
  const payload = call.body === undefined ? undefined : JSON.stringify(call.body);
  return new Promise((resolve, reject) => {
    const lost = (cause: unknown) => reject(unreachable(call, cause));
    const outgoing = request(
      {
        socketPath,
        // A connection kept for another call would keep the home awake, and be cut off when it goes to sleep.
        agent: false,
        method: call.method,
        path: call.path,
        headers: {
          host: "localhost",
          accept: "application/json",
          // A Unix socket has no address, and Synapse's sign-in fails without one.
          "x-forwarded-for": "127.0.0.1",
          "x-forwarded-proto": "https",
          ...(payload === undefined
            ? {}
            : { "content-type": "application/json", "content-length": Buffer.byteLength(payload) }),
          ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
        },
        signal: AbortSignal.timeout(timeoutMs),
      },
      (incoming) => {
        let text = "";
        incoming.setEncoding("utf8");
        incoming.on("data", (part: string) => {
          text += part;
          if (text.length > largestAnswer) incoming.destroy(new Error("The answer is far too long"));
        });
        incoming.on("error", lost);
        incoming.on("end", () => {
          const body = parsed(text);
          if (body) resolve({ status: incoming.statusCode ?? 0, body });
          else lost(new Error("The answer is not a JSON object"));
        });
      },
    );
    outgoing.on("error", lost);
    outgoing.end(payload);
  });
}

/** The answer's body where the status is 2xx; otherwise the one of our two failures that fits. */
export function accepted(call: Call, answer: Answer): Readonly<Record<string, unknown>> {
  if (answer.status >= 200 && answer.status < 300) return answer.body;
  const words = `${call.what}: ${String(answer.body["errcode"] ?? answer.status)} ${String(answer.body["error"] ?? "")}`;
  const vendor = vendorAnswer(call, answer.status);
  // 429: it did nothing and asks us to slow down.
  if (answer.status === 429) throw new Unreachable(words, vendor, "none");
  if (answer.status >= 500) throw new Unreachable(words, vendor);
  throw new Refused(words, vendor);
}

/** Nobody listens on the socket, or there is none: certainly nothing was done. */
export const nobodyListens = (error: unknown): boolean => error instanceof Unreachable && error.effect === "none";

function unreachable(call: Call, cause: unknown): Unreachable {
  const code = (cause as { code?: unknown }).code;
  const unheard = code === "ENOENT" || code === "ECONNREFUSED";
  const words = `${call.what}: ${cause instanceof Error ? cause.message : String(cause)}`;
  return new Unreachable(words, vendorAnswer(call), unheard ? "none" : "unknown", { cause });
}

const vendorAnswer = (call: Call, status?: number): VendorAnswer => ({
  vendor: "Synapse",
  call: call.what,
  ...(status === undefined ? {} : { status }),
});

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
