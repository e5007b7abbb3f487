/** Homes that tests share when they only look at them: bought once a copy, also when Playwright begins a new process. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext } from "@playwright/test";
import { anna, type Buyer, buyHome, type Dweller } from "../journey/buy-home.ts";
import { copy, urls } from "./copy.ts";

export type Cookies = Awaited<ReturnType<BrowserContext["storageState"]>>;

export interface Home {
  readonly buyer: Buyer;
  readonly people: readonly Dweller[];
  readonly orderId: string;
  /** The buyer's browser, as it was left. */
  readonly cookies: Cookies;
}

const households = {
  smith: {
    given: "Anna",
    people: [
      { given: "Ben", part: "ben", kind: "Adult" },
      { given: "Mia", part: "mia", kind: "Child, under 18" },
    ],
  },
  jones: { given: "Lena", people: [{ given: "Tom", part: "tom", kind: "Adult" }] },
} as const satisfies Record<string, { given: string; people: readonly Dweller[] }>;

/** A home that stands. Tests may look at it, sign in to it and use what only one of them uses; nobody changes it. */
export async function sharedHome(browser: Browser, family: keyof typeof households): Promise<Home> {
  const folder = join(copy.layout.data, "e2e");
  const file = join(folder, `${family}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Home;
  const { given, people: others } = households[family];
  const name = `${family}-${Date.now().toString(36)}.family`;
  const buyer: Buyer = {
    ...anna(name),
    given,
    part: given.toLowerCase(),
    email: `${given.toLowerCase()}@${family}.post.example`,
  };
  const people = others.map((one) => ({
    ...one,
    ...(one.kind === "Adult" ? { email: `${one.part}@${family}.post.example` } : {}),
  }));
  const context = await browser.newContext({ baseURL: urls.web });
  await buyHome(await context.newPage(), buyer, people);
  const { orderId } = (await (await context.request.get("/api/order")).json()) as { orderId: string };
  const home: Home = { buyer, people, orderId, cookies: await context.storageState() };
  await context.close();
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(home));
  return home;
}
