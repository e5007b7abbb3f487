/** The running copy that these tests drive: handed over by scripts/test, or the one scripts/start runs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Layout, layoutOf, made } from "../../scripts/service/layout.ts";

export interface CopyUnderTest {
  readonly layout: Layout;
  readonly build: string;
  /** Process ids of the programs scripts/test started, by name. */
  readonly pids: Readonly<Record<string, number>>;
}

function find(): CopyUnderTest {
  const handed = process.env["E2E_COPY"];
  if (handed) return JSON.parse(handed) as CopyUnderTest;
  const running = JSON.parse(readFileSync(join(made, "run/copy.json"), "utf8")) as {
    sockets: string;
    base: number;
    build: string;
  };
  return { layout: layoutOf(join(made, "run"), running.sockets, running.base), build: running.build, pids: {} };
}

export const copy = find();
const { ports } = copy.layout;

export const urls = {
  web: `http://localhost:${ports.web}`,
  stripe: `http://localhost:${ports.stripe}`,
  cloudflare: `http://localhost:${ports.cloudflare}`,
  mail: `http://localhost:${ports.mail}`,
  /** A family's pages, over plain HTTP as a person trying the sandbox opens them. */
  family: (name: string): string => `http://${name}.localhost:${ports.edgeHttp}`,
} as const;
