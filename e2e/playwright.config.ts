import { defineConfig } from "@playwright/test";
import { urls } from "./support/copy.ts";

export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: "**/*.spec.ts",
  // One copy of the product, two cores: one browser at a time.
  workers: 1,
  // A browser, ten servers and two cores: what passes only at the second try is printed, and looked into.
  retries: 1,
  fullyParallel: false,
  // A clock that moves on by years would move under every other test: those have a copy of their own.
  projects: [
    { name: "now", testIgnore: "years/**" },
    { name: "years", testMatch: "years/*.spec.ts" },
  ],
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json"]],
  outputDir: "../.nameplate/e2e-traces",
  use: {
    baseURL: urls.web,
    // A reader in Britain, who sees pounds.
    locale: "en-GB",
    // A button that is not there is not coming, even on a busy machine.
    actionTimeout: 20_000,
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      // Chromium as root needs --no-sandbox; the rest keeps it from asking its maker's hosts.
      args: [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
