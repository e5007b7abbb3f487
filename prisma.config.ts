import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

// Prisma's commands fetch a native engine at first use. Where it cannot be had, tools/schema-engine
// speaks the same protocol with the WebAssembly build that npm brings. Prisma's own wins where it is there.
const own = fileURLToPath(
  new URL("./node_modules/@prisma/engines/schema-engine-debian-openssl-3.0.x", import.meta.url),
);
if (!existsSync(own)) {
  process.env["PRISMA_SCHEMA_ENGINE_BINARY"] ??= fileURLToPath(new URL("./tools/schema-engine", import.meta.url));
}

export default defineConfig({
  schema: "prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env["DATABASE_URL"] ?? "" },
});
