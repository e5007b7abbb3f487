import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, Failed } from "./browser.ts";

/** Without scripts the page asks for itself again after so long. */
const reloadMs = 5000;
/** A page with scripts that hears nothing for so long is looked at by a person. */
const patienceMs = 15_000;

/**
 * Waits as the page does: every second customer follows the stream until it says that something changed, the others
 * let the page come again by itself.
 */
export async function waitForNews(browser: Browser, web: string): Promise<void> {
  if (Math.random() < 0.5) return sleep(reloadMs);
  try {
    const answer = await browser.request(new URL("/api/progress", web), { signal: AbortSignal.timeout(patienceMs) });
    // The first mark says how it stands, the second that it changed.
    let heard = "";
    for await (const part of answer.body ?? []) {
      heard += new TextDecoder().decode(part);
      if ((heard.match(/^event:/gm) ?? []).length > 1 || heard.includes("event: over")) return;
    }
  } catch (error) {
    const silent = error instanceof DOMException && error.name === "TimeoutError";
    // A stream that broke is asked for again after a while, which is what the coming reload does.
    if (!silent && !(error instanceof Failed) && !(error instanceof TypeError)) throw error;
    if (!silent) await sleep(reloadMs);
  }
}
