import { fork, type Serializable } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { cores, onCore } from "./cores.ts";

/**
 * One a core: more of them take turns with each other and with their databases, and are slower (593 cases on two cores: two lanes
 * 188 s, three 231 s).
 */
export const lanes = cores.length;

export interface Lane<Told> {
  /** The core that it shares with its database. */
  readonly core: number;
  /** The lane's program. */
  readonly file: URL;
  readonly args: readonly string[];
  /** What it is sent before its first piece of work. */
  readonly before?: Serializable;
  /** The next piece of work; undefined when there is none left. */
  readonly next: () => Serializable | undefined;
  /** Hears what came of a piece. With "enough" the lane is ended. */
  readonly heard: (told: Told) => unknown;
}

/**
 * Runs one lane: a process that says "ready", is sent one piece of work after the other and tells what came of each. Lanes that
 * take their work from one heap end at about the same time, however unlike the pieces are. Ends when the process has.
 */
export async function runLane<Told>({ core, file, args, before, next, heard }: Lane<Told>): Promise<void> {
  const [execPath, ...execArgv] = onCore(core, [process.execPath, ...process.execArgv]);
  const child = fork(fileURLToPath(file), [...args], {
    ...{ execPath, execArgv },
    // As the product runs: Prisma then notes no place in our sources for each statement, a twelfth of a case.
    env: { ...process.env, NODE_ENV: "production", LOG_LEVEL: "silent" },
    stdio: ["ignore", "inherit", "pipe", "ipc"],
  });
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-mostWords);
  });
  let enough = false;
  const giveNext = (): void => {
    const piece = enough ? undefined : next();
    if (!child.connected) return;
    if (piece === undefined) child.disconnect();
    else child.send(piece);
  };
  child.on("message", (told) => {
    if (told !== "ready") enough ||= heard(told as Told) === "enough";
    if (enough) child.kill();
    else giveNext();
  });
  if (before !== undefined) child.send(before);
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0 && !enough) throw new Error(`A lane of ${args.join(" ")} ended with ${code}: ${said}`);
}

/** The end of what a lane complained of, for the error that names it. */
const mostWords = 2000;
