/** Our `test`: each browser is a household of its own, and nothing may break unseen in any of them. */
import { randomInt } from "node:crypto";
import { type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { urls } from "./copy.ts";

interface Fixtures {
  /** Another browser: no cookies but those handed in, and an internet address of its own. */
  openBrowser(options?: BrowserContextOptions): Promise<Page>;
}

/** Where a request seems to come from: tries are counted by it, and tests must not use up each other's. */
const household = (): Record<string, string> => ({
  "x-forwarded-for": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`,
});

/** Whatever must never happen while somebody uses the pages: our own failures, scripts that break, policies that bite. */
function watch(context: BrowserContext, seen: string[]): void {
  context.on("response", (answer) => {
    if (answer.url().startsWith(urls.web) && answer.status() >= 500)
      seen.push(`${answer.status()} for ${answer.request().method()} ${answer.url()}`);
  });
  context.on("weberror", (error) => {
    seen.push(`a script broke: ${error.error().message}`);
  });
  context.on("console", (line) => {
    if (line.type() === "error" && /content.security.policy|hydrat|minified react/i.test(line.text()))
      seen.push(`in the console of ${line.page()?.url()}: ${line.text()}`);
  });
}

export const test = base.extend<Fixtures>({
  context: async ({ context }, use) => {
    const seen: string[] = [];
    await context.setExtraHTTPHeaders(household());
    watch(context, seen);
    await use(context);
    expect(seen, "nothing breaks behind the pages").toEqual([]);
  },
  openBrowser: async ({ browser, contextOptions }, use) => {
    const opened: BrowserContext[] = [];
    const seen: string[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({
        ...contextOptions,
        baseURL: urls.web,
        extraHTTPHeaders: household(),
        ...options,
      });
      opened.push(context);
      watch(context, seen);
      return context.newPage();
    });
    for (const context of opened) await context.close();
    expect(seen, "nothing breaks behind the pages").toEqual([]);
  },
});
export type { Page };
export { expect };
