/** What apps do: each a program of its own, with the way out and the roots that homes have. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { caFile } from "../../scripts/service/layout.ts";
import { copy } from "../support/copy.ts";
import type { Answer, Errand } from "./app-calls.ts";

export interface Sealed {
  /** Seconds of the writer's first login, discovery by name included. */
  readonly firstLogin: number;
  /** Seconds from asking for a room to the opened message: invitation, joining, keys and all. */
  readonly encryptedMessage: number;
  readonly decrypted: string;
}

export interface SignedIn {
  readonly userId: string;
  readonly password: string;
}

export const sealedMessage = (from: SignedIn, to: SignedIn, text: string): Promise<Sealed> =>
  runApp<Sealed>("encrypted-message.ts", { from, to, text }, "firstLogin");

/** Signs in as any app does, knowing only the address and the password; throws when it is not let in. */
export const signInWithApp = (from: SignedIn): Promise<{ readonly firstLogin: number; readonly userId: string }> =>
  runApp("encrypted-message.ts", { from }, "firstLogin");

/** Signs in, and does each of these requests in turn. */
export const asApp = async (errand: Errand): Promise<readonly Answer[]> =>
  (await runApp<{ readonly answers: readonly Answer[] }>("app-calls.ts", errand, "answers")).answers;

/** `first` is the first word of the line that the program says its answer in. */
async function runApp<T>(program: string, errand: object, first: string): Promise<T> {
  const { layout } = copy;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, program), JSON.stringify(errand)],
    {
      env: {
        PATH: process.env["PATH"],
        HTTPS_PROXY: `http://127.0.0.1:${layout.ports.relay}`,
        NODE_USE_ENV_PROXY: "1",
        NODE_EXTRA_CA_CERTS: caFile(layout),
        NODE_ENV: "production",
      },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  // The client library writes its own lines beside ours.
  const line = stdout.split("\n").find((one) => one.startsWith(`{"${first}"`));
  if (!line) throw new Error(`The app did not do it: ${stdout.slice(-500)}`);
  return JSON.parse(line) as T;
}
