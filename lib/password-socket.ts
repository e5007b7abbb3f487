import { request } from "node:http";
import { z } from "zod";
import { NameplateError } from "./errors.ts";
import type { FirstPassword } from "./households/set-first-password.ts";

/** What the worker says when it did not do it. */
const answerShape = z.object({
  kind: z.enum(["bad-input", "not-found", "changed-meanwhile", "unreachable"]),
  say: z
    .object({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
    .nullable(),
});

/** The worker waits up to 20 seconds for the card's row and the homeserver; then a little. */
const patienceMs = 25_000;

/** Said when the worker does not answer. The card is unharmed: it is used only once the homeserver has the password. */
const away = () => new NameplateError("unreachable", "The password socket does not answer", { key: "card.away" });

/**
 * Hands a first password to a worker over its Unix socket, where the card is checked and used. Nothing of it stays in the
 * web: it is in no log, row or answer. Throws what the worker says, or `unreachable`.
 */
export async function sendFirstPassword(socketPath: string, first: FirstPassword): Promise<void> {
  const { status, body } = await post(socketPath, JSON.stringify(first)).catch(() => {
    // The cause is only that nobody answered; the error of node may hold parts of the request.
    throw away();
  });
  if (status === 200) return;
  const read = answerShape.safeParse(parsed(body));
  if (!read.success) throw away();
  const { kind, say } = read.data;
  throw new NameplateError(
    kind,
    `The worker answered ${kind}`,
    say ? { key: say.key, values: say.values ?? {} } : away().say,
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function post(socketPath: string, content: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method: "POST", path: "/", timeout: patienceMs }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts).toString("utf8") }));
      answer.on("error", reject);
    });
    call.on("timeout", () => call.destroy(new Error("No answer in time")));
    call.on("error", reject);
    call.end(content);
  });
}
