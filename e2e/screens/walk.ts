/** Walks through the product that stop at each screen and each of its states, so that a test can look at every one. */
import type { Browser, BrowserContextOptions } from "@playwright/test";
import type { Page } from "../support/test.ts";

export interface Shown {
  /** What is to be seen, for the report of a test. */
  readonly what: string;
  readonly page: Page;
}

export interface Hands {
  readonly browser: Browser;
  openBrowser(options?: BrowserContextOptions): Promise<Page>;
}

export type Walk = (hands: Hands) => AsyncGenerator<Shown>;

/** Nothing moves while it is looked at. */
export const still: BrowserContextOptions = { reducedMotion: "reduce" };
