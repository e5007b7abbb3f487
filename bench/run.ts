/** npm run bench -- tenants [--n 60] [--json] · account [TIMES]. Each prints its figures; README.md has those last seen. */
import { registerHooks } from "node:module";
import { join } from "node:path";

// The library's own way of naming its files.
const root = join(import.meta.dirname, "..");
registerHooks({
  resolve: (name, context, next) => next(name.startsWith("@/") ? join(root, name.slice(2)) : name, context),
});
// What runs beside a bench says only what is wrong.
process.env["LOG_LEVEL"] ??= "warn";

const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  account: () => import("./paid-to-account.ts"),
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
