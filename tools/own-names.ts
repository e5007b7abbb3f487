/** Lets a program that is run without a build say `@/lib/…`, as the product's own files do. Import it first. */
import { registerHooks } from "node:module";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
registerHooks({
  resolve: (name, context, next) => next(name.startsWith("@/") ? join(root, name.slice(2)) : name, context),
});
