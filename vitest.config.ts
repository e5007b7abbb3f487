import { defineConfig } from "vitest/config";

const alias = { "@": import.meta.dirname };
const shared = { resolve: { alias } };
const skip = ["node_modules", ".nameplate", ".next", "e2e"];

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...skip.map((s) => `${s}/**`), "**/*.db.test.ts"],
        },
      },
      {
        // These need PostgreSQL and Redis: scripts/test hands DATABASE_URL and REDIS_URL over.
        ...shared,
        test: {
          name: "integration",
          include: ["**/*.db.test.ts"],
          exclude: skip.map((s) => `${s}/**`),
          fileParallelism: false,
          testTimeout: 30_000,
        },
      },
    ],
  },
});
