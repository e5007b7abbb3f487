/** Runs every check and ends with the line `N passed, N failed`. Called by scripts/test, after everything was set up. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuild, generate } from "./build.ts";
import {
  baseEnv,
  type Count,
  failedSpecs,
  faults,
  holds,
  moneyLives,
  pytest,
  python,
  run,
  sum,
  vitest,
} from "./checks.ts";
import { freeBase, migrate, socketFolder, startCopy } from "./copy.ts";
import { layoutOf, made, root, settings } from "./layout.ts";
import { Running } from "./process.ts";
import { prepareRoles } from "./roles.ts";
import { endStartedAgain } from "./started-again.ts";
import { postgres, redis } from "./stores.ts";

const total = { passed: 0, failed: 0 };
/** Said again at the end, where whoever reads a long log looks first. */
const failures: string[] = [];
const data = join(made, `test-${process.pid}`);
const onlyAt = process.argv.indexOf("--only");
const only = onlyAt >= 0 ? process.argv[onlyAt + 1]?.split(",") : undefined;

async function part(name: string, words: string, work: () => Count | Promise<Count>): Promise<void> {
  if (only && !only.includes(name)) return;
  const begun = performance.now();
  console.log(`\n== ${words}`);
  const count = await Promise.resolve(work()).catch((error: unknown): Count => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  });
  total.passed += count.passed;
  total.failed += count.failed;
  if (count.failed > 0)
    failures.push(`${name}: ${count.failed} failed`, ...(count.which ?? []).map((one) => `  ${one}`));
  console.log(
    `== ${name}: ${count.passed} passed, ${count.failed} failed, ${Math.round((performance.now() - begun) / 1000)} s`,
  );
}

/** The stores alone, for the integration tests. */
async function withStores(
  name: string,
  work: (env: Record<string, string | undefined>) => Count | Promise<Count>,
): Promise<Count> {
  const folder = join(data, name);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const layout = layoutOf(folder, join(folder, "k"), await freeBase(), {});
  const running = new Running(join(layout.data, "log"), (name, tail) => console.error(`${name} ended:\n${tail}`));
  try {
    await Promise.all([running.start(postgres(layout, "for a test")), running.start(redis(layout))]);
    await prepareRoles(layout);
    migrate(layout);
    const { DATABASE_URL, TENANT_DATABASE_URL, REDIS_URL } = settings(layout);
    return await work({ DATABASE_URL, TENANT_DATABASE_URL, REDIS_URL });
  } finally {
    await running.stop();
  }
}

/** The migrations must lead to exactly the schema that the code is written for. */
const migrationsMatch = (env: Record<string, string | undefined>): boolean =>
  run(
    "prisma",
    ["migrate", "diff", "--from-migrations", "prisma/migrations", "--to-schema", "prisma", "--exit-code"],
    env,
  );

/** The whole product, and a browser in front of it: the tests of one project of e2e/playwright.config.ts. */
async function endToEnd(project: "now" | "years"): Promise<Count> {
  const build = await ensureBuild();
  const folder = join(data, `e2e-${project}`);
  const sockets = socketFolder(folder);
  const own = { DOUBT_SECONDS: "2", ...(project === "years" ? { CLOCK_FILE: join(folder, "clock") } : {}) };
  const layout = layoutOf(folder, sockets.path, await freeBase(), own);
  const record = join(folder, "traffic");
  mkdirSync(record, { recursive: true });
  const running = await startCopy(layout, build, {
    onDeath: (name, tail) => console.error(`${name} ended by itself:\n${tail}`),
    extra: { SANDBOX_RECORD: record },
  });
  const report = join(data, `e2e-${project}.json`);
  try {
    const ok = run("playwright", ["test", "--config", "e2e/playwright.config.ts", "--project", project], {
      E2E_COPY: JSON.stringify({
        layout,
        build,
        pids: Object.fromEntries([...running.children].map(([name, child]) => [name, child.pid])),
      }),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    });
    if (!existsSync(report)) return { passed: 0, failed: 1 };
    const { stats, suites } = JSON.parse(readFileSync(report, "utf8")) as {
      stats: { expected: number; unexpected: number; flaky: number };
      suites: Parameters<typeof failedSpecs>[0][];
    };
    const failed = stats.unexpected;
    if (stats.flaky > 0) console.log(`${stats.flaky} passed only at the second try: look into them.`);
    const traffic = checkTraffic(record, settings(layout)["STRIPE_WEBHOOK_SECRETS"]);
    return {
      passed: stats.expected + stats.flaky + traffic.passed,
      failed: (failed === 0 && !ok ? 1 : failed) + traffic.failed,
      which: [...failedSpecs({ suites }), ...(traffic.which ?? [])],
    };
  } finally {
    endStartedAgain(folder);
    await running.stop();
    sockets.remove();
  }
}

/** The vendors' own descriptions, where a folder of them is at hand, against everything the stand-ins said and heard. */
function checkTraffic(record: string, webhookSecret: string | undefined): Count {
  const specs = process.env["VENDOR_SPECS"];
  if (!specs) {
    console.log("VENDOR_SPECS names no folder of API descriptions: the recorded traffic is not checked.");
    return { passed: 0, failed: 0 };
  }
  const { status, stdout, stderr } = spawnSync(
    join(root, "node_modules/.bin/node"),
    ["sandbox/check-traffic.ts", record, specs],
    {
      cwd: root,
      env: { ...baseEnv(), STRIPE_WEBHOOK_SECRET: webhookSecret },
      encoding: "utf8",
    },
  );
  console.log(`${stderr}${stdout}`.trimEnd());
  const which = stderr.split("\n").map((line) => line.trim());
  return { ...holds(status === 0), which: which.filter((line) => line !== "") };
}

mkdirSync(data, { recursive: true, mode: 0o711 });
process.on("exit", () => {
  if (total.failed === 0) rmSync(data, { recursive: true, force: true });
});
generate();
await part("lint", "Format, style and the walls of the house", () => {
  const style = holds(run("biome", ["check", "--error-on-warnings", "."]));
  const walls = holds(run("oxlint", ["--deny-warnings"]));
  const pythonStyle = holds(python("ruff", ["format", "--check", "-q"]) && python("ruff", ["check", "-q"]));
  return sum(style, walls, pythonStyle);
});
await part("types", "Types", () =>
  sum(holds(run("next", ["typegen"]) && run("tsc", ["--noEmit"])), holds(python("mypy", []))),
);
await part("unit", "Unit tests", () => vitest(data, "unit"));
await part("integration", "Tests against PostgreSQL, Redis, Synapse and Caddy", () =>
  withStores("stores", async (env) => {
    const ours = sum(holds(migrationsMatch(env)), vitest(data, "integration", env));
    const homes = await withStores("more-stores", (more) =>
      pytest(data, [env["TENANT_DATABASE_URL"], more["TENANT_DATABASE_URL"]]),
    );
    return sum(ours, homes);
  }),
);
await part("faults", "Every fault at every place, before the questions of the judge", () =>
  faults("faults/run.ts", []),
);
await part("lives", "Fifty families over ninety days, twenty times, and the first of them once more", () =>
  faults("faults/simulate/run.ts", ["--seeds", "20"]),
);
// As many as are lived in half a minute on two processors.
await part("money", "A family's money over two years, and whether every sum agrees", () => moneyLives(60));
await part("e2e", "End to end, in a browser", () => endToEnd("now"));
await part("years", "Two years of a family, in a browser", () => endToEnd("years"));
await part("chaos", "Orders while the database is restarted, Redis emptied and workers killed", () =>
  holds(run("node", ["chaos/run.ts", "--minutes", "1"])),
);
console.log(`\n${[...failures, `${total.passed} passed, ${total.failed} failed`].join("\n")}`);
process.exit(total.failed === 0 ? 0 : 1);
