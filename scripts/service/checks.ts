/** How each kind of check is run, and how its result is counted. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { made, root } from "./layout.ts";

export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Names of what failed, where they are known. */
  readonly which?: readonly string[];
}

/** What the checks of ours may see of the machine, and what they are told. */
export const baseEnv = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"]}`,
  NODE_EXTRA_CA_CERTS: undefined,
  SSL_CERT_FILE: undefined,
  FORCE_COLOR: "0",
});

export function run(name: string, args: string[], env: Record<string, string | undefined> = {}): boolean {
  return (
    spawnSync(join(root, "node_modules/.bin", name), args, {
      cwd: root,
      env: { ...baseEnv(), ...env },
      stdio: "inherit",
    }).status === 0
  );
}

export const sum = (...counts: readonly Count[]): Count => ({
  passed: counts.reduce((all, { passed }) => all + passed, 0),
  failed: counts.reduce((all, { failed }) => all + failed, 0),
  which: counts.flatMap(({ which = [] }) => which),
});

/** A check that is one thing: it holds or not. */
export const holds = (ok: boolean): Count => ({ passed: Number(ok), failed: Number(!ok) });

/** The tests of one project. Its report is written to the folder `data`, as pytest's is. */
export function vitest(data: string, project: string, env: Record<string, string | undefined> = {}): Count {
  const report = join(data, `${project}.json`);
  const ok = run(
    "vitest",
    ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    env,
  );
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const {
    numPassedTests: passed,
    numFailedTests: failed,
    testResults,
  } = JSON.parse(readFileSync(report, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    testResults: { name: string; status: string; assertionResults: { fullName: string; status: string }[] }[];
  };
  const which = testResults
    .filter(({ status }) => status === "failed")
    .flatMap(({ name, assertionResults }) => {
      const tests = assertionResults.filter(({ status }) => status === "failed");
      return [relative(root, name), ...tests.map(({ fullName }) => `  ${fullName}`)];
    });
  // A file that cannot even be loaded fails without a test of its own.
  return { passed, failed: failed === 0 && !ok ? 1 : failed, which };
}

/** A program of the Python environment, in the tenant host's folder. */
export function python(module: string, args: string[], env: Record<string, string | undefined> = {}): boolean {
  return (
    spawnSync(join(made, "python/bin/python"), ["-m", module, ...args], {
      cwd: join(root, "workers/homeserver"),
      env: { ...baseEnv(), PYTHONDONTWRITEBYTECODE: "1", ...env },
      stdio: "inherit",
    }).status === 0
  );
}

/** Most of these wait for processes to start and end, so two run side by side, each with a PostgreSQL of its own. */
export function pytest(data: string, urls: readonly (string | undefined)[]): Count {
  const report = join(data, "pytest.xml");
  const env = Object.fromEntries(urls.map((url, i) => [`TENANT_DATABASE_URL_GW${i}`, url]));
  const ok = python("pytest", ["-q", "-n", String(urls.length), "--dist", "loadfile", `--junit-xml=${report}`], env);
  const xml = existsSync(report) ? readFileSync(report, "utf8") : "";
  const suite = /<testsuite [^>]*>/.exec(xml)?.[0];
  if (!suite) return { passed: 0, failed: 1 };
  const count = (what: string): number => Number(new RegExp(` ${what}="(\\d+)"`).exec(suite)?.[1]);
  const failed = count("failures") + count("errors");
  return {
    passed: count("tests") - failed - count("skipped"),
    failed: failed === 0 && !ok ? 1 : failed,
    which: [...xml.matchAll(/<testcase classname="([^"]*)" name="([^"]*)"[^>]*><(?:failure|error)/g)].map(
      ([, file, name]) => `${file}: ${name}`,
    ),
  };
}

/** A program of faults/, which prints what failed and, as its last line, its figures: none when it did not come so far. */
function figuresOf(
  program: string,
  args: readonly string[],
): { readonly figures: Readonly<Record<string, number>>; readonly which: readonly string[] } {
  const { stdout } = spawnSync(join(root, "node_modules/.bin/node"), [program, ...args, "--json"], {
    cwd: root,
    env: baseEnv(),
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });
  console.log(stdout.trimEnd());
  return {
    figures: JSON.parse(/\{.*\}\s*$/.exec(stdout)?.[0] ?? "{}") as Record<string, number>,
    which: stdout.split("\n").filter((line) => line.startsWith("FAILED")),
  };
}

export function faults(program: string, args: readonly string[]): Count {
  const { figures, which } = figuresOf(program, args);
  const { cases = 0, failed = 0 } = figures;
  return { passed: cases - failed, failed: failed + Number(cases === 0), which };
}

/** So many lives of a family's money; each sum that differs is a failure. */
export function moneyLives(count: number): Count {
  const { figures, which } = figuresOf("faults/simulate/run.ts", ["--money", "--lives", String(count)]);
  const { lives = 0, imbalances = 0, mismatches = 0 } = figures;
  const failed = imbalances + mismatches;
  return { passed: Math.max(0, lives - failed), failed: failed + count - lives, which };
}

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly { readonly title: string; readonly file: string; readonly ok: boolean }[];
}

/** What failed of a browser test's report, in which a file's tests lie in suites within suites. */
export const failedSpecs = ({ suites = [], specs = [] }: Suite): readonly string[] => [
  ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file}: ${title}`),
  ...suites.flatMap(failedSpecs),
];
