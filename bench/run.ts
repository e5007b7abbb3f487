/** npm run bench -- tenants [--n 60] [--json] · rules [--json] · account [TIMES]. Each prints its figures; README.md has those last seen. */
import "../tools/own-names.ts";

// What runs beside a bench says only what is wrong.
process.env["LOG_LEVEL"] ??= "warn";

const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  account: () => import("./paid-to-account.ts"),
  rules: () => import("./rules/main.ts"),
  tenants: () => import("./tenants/main.ts"),
};
const [which = "", ...rest] = process.argv.slice(2);
const bench = benches[which];
if (!bench) {
  console.error(`npm run bench -- ${Object.keys(benches).join(" | ")}`);
  process.exit(2);
}
process.argv.splice(2, process.argv.length, ...rest);
await bench();
