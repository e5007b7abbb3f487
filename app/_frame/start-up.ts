import { PriceProblems } from "@/lib/billing/read-price-book.ts";
import { EnvProblems } from "@/lib/env.ts";
import { log } from "@/lib/log.ts";
import { settings } from "./settings.ts";

/** How long open streams may finish in when we are asked to stop. */
const graceMs = 2000;

/** Refuses to start on wrong settings or prices, with all of them at once; and ends in time when asked to, open streams or not. */
export function startUp(): void {
  try {
    settings();
  } catch (error) {
    if (!(error instanceof EnvProblems || error instanceof PriceProblems)) throw error;
    console.error(error.message);
    process.exit(1);
  }
  process.once("SIGTERM", () => setTimeout(() => process.exit(0), graceMs).unref());
}

/** The first part of a path: what stands behind it may be the secret of a card or a link. */
const firstPart = (path: string): string => path.split(/[?#]/)[0]?.split("/").slice(0, 2).join("/") ?? "";

export function reportError(error: unknown, method: string, path: string, route: string): void {
  const digest = typeof error === "object" && error !== null && "digest" in error ? String(error.digest) : undefined;
  log.error({ err: error, digest, method, path: route || firstPart(path) }, "A page broke");
}
