import { connect } from "node:net";
import { Refused, Unreachable } from "@/lib/errors.ts";

export type HostQuestion =
  | { readonly do: "state" | "converge"; readonly name: string }
  | { readonly do: "wait" | "wake"; readonly name: string; readonly seconds: number };

export interface HostAnswer {
  readonly state: "running" | "asleep" | "starting" | "stopped" | "failed" | "gone" | "unknown";
  readonly code?: string;
  readonly reason?: string;
  readonly version?: string;
  readonly pid?: number;
}

/** Beyond what was asked to be waited, an answer takes milliseconds. */
const graceMs = 10_000;
/** One home's state is a few hundred bytes. */
const largestAnswer = 65_536;

/** One question to the tenant host, one JSON line each way (workers/homeserver/README.md). */
export async function askHost(socketPath: string, question: HostQuestion): Promise<HostAnswer> {
  const line = await exchange(socketPath, question);
  const answer = JSON.parse(line) as HostAnswer & { error?: string };
  if (answer.error !== undefined)
    throw new Refused(`The tenant host does not understand: ${answer.error}`, vendor(question));
  return answer;
}

function exchange(socketPath: string, question: HostQuestion): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    let heard = "";
    const lost = (words: string, cause?: unknown) => {
      socket.destroy();
      const code = (cause as { code?: unknown } | undefined)?.code;
      const unheard = code === "ENOENT" || code === "ECONNREFUSED";
      reject(new Unreachable(`Tenant host: ${words}`, vendor(question), unheard ? "none" : "unknown", { cause }));
    };
    socket.setEncoding("utf8");
    socket.setTimeout(graceMs + ("seconds" in question ? question.seconds * 1000 : 0), () => lost("does not answer"));
    socket.on("error", (error) => lost(error.message, error));
    socket.on("close", () => lost("ended the conversation"));
    socket.on("data", (part: string) => {
      heard += part;
      const end = heard.indexOf("\n");
      if (end >= 0) {
        resolve(heard.slice(0, end));
        socket.destroy();
      } else if (heard.length > largestAnswer) lost("talks without an end");
    });
    socket.write(`${JSON.stringify(question)}\n`);
  });
}

const vendor = (question: HostQuestion) => ({ vendor: "tenant host", call: question.do });
