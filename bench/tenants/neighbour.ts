/** A home that burns all it can get, and what the others notice. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { median, quantile, sleep, timed } from "./figures.ts";
import type { World } from "./world.ts";

/** The slowest hundredth is then fifteen of them: of four, one hiccup of the machine made it half as long again. */
const requests = 1500;
/** Without the greedy one and with it, in turn. */
const rounds = 3;

/**
 * In the greedy home's own control group: four processes that only count, and one that takes memory until the kernel ends
 * it, again and again. What a homeserver gone wrong would do at worst, without waiting for one.
 */
const greed = `
import os, sys, time
for folder in sys.argv[1:]:
    open(folder + "/cgroup.procs", "w").write("0")
for _ in range(4):
    if os.fork() == 0:
        while True: pass
while True:
    if (child := os.fork()) == 0:
        open("/proc/self/oom_score_adj", "w").write("1000")
        taken = []
        while True: taken.append(bytearray(4 << 20))
    os.waitpid(child, 0)
`;

/** The folders of the groups that hold this process to its share, version 1 or 2. */
function groupsOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/cgroup`, "utf8")
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [, controllers = "", path = ""] = line.split(":");
      if (!path.includes("/nameplate-")) return [];
      return [`/sys/fs/cgroup${controllers ? `/${controllers.split(",")[0]}` : ""}${path}`];
    });
}

async function p99(world: World, name: string, token: string): Promise<number> {
  const seconds: number[] = [];
  for (let i = 0; i < requests; i++) {
    const asked = await timed(() =>
      world.families.edge.https(name, "/_matrix/client/v3/account/whoami", {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
    seconds.push(asked.seconds);
  }
  return quantile(seconds, 0.99);
}

/** The quiet neighbour's slowest hundredth, against the same without the greedy one; undefined without control groups. */
export async function measureNeighbour(
  world: World,
  [quiet, greedy]: readonly [string, string],
  token: string,
): Promise<number | undefined> {
  for (const name of [quiet, greedy]) await world.keep(name, { sleep: false });
  const groups = groupsOf((await world.state(greedy)).pid ?? 0);
  if (groups.length === 0) return undefined;
  await p99(world, quiet, token);
  const alone: number[] = [];
  const beside: number[] = [];
  for (let i = 0; i < rounds; i++) {
    alone.push(await p99(world, quiet, token));
    const burner = spawn("python3", ["-c", greed, ...groups], { stdio: "ignore", detached: true });
    await sleep(1);
    beside.push(await p99(world, quiet, token));
    const ended = once(burner, "exit");
    process.kill(-(burner.pid ?? 0), "SIGKILL");
    await ended;
  }
  for (const name of [quiet, greedy]) await world.keep(name, { sleep: true });
  return median(beside) / median(alone);
}
