/** Homes that tests share when they only look at them: bought once a copy, also when Playwright begins a new process. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext } from "@playwright/test";
import { anna, type Buyer, buyHome, type Dweller } from "../journey/buy-home.ts";
import { signInByMail } from "../journey/sign-in.ts";
import { copy, urls } from "./copy.ts";
import { invite, inviteLink, sayYes } from "./other-parent.ts";

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
      { given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" },
    ],
  },
  jones: { given: "Lena", people: [{ given: "Tom", part: "tom", kind: "Adult" }] },
} as const satisfies Record<string, { given: string; people: readonly Dweller[] }>;

type Family = keyof typeof households;

/** Made once a copy, and read again by whoever comes later. */
async function kept<T>(what: string, make: () => Promise<T>): Promise<T> {
  const folder = join(copy.layout.data, "e2e");
  const file = join(folder, `${what}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as T;
  const made = await make();
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(made));
  return made;
}

/** A home that stands. Tests may look at it, sign in to it and use what only one of them uses; nobody changes it. */
export const sharedHome = (browser: Browser, family: Family): Promise<Home> => kept(family, () => buy(browser, family));

/** The same, with whoever runs it signed in: a mailbox gets only a few links an hour. Nobody signs out of it. */
export async function signedInHome(browser: Browser, family: Family): Promise<Home> {
  const home = await sharedHome(browser, family);
  const cookies = await kept(`${family}-signed-in`, async () => {
    const context = await browser.newContext({ baseURL: urls.web, storageState: home.cookies });
    await signInByMail(await context.newPage(), home.buyer.email);
    const state = await context.storageState();
    await context.close();
    return state;
  });
  return { ...home, cookies };
}

/** Somebody who looks after its children with whoever runs it, and lives elsewhere: signed in. */
export async function secondParent(browser: Browser, family: Family): Promise<Cookies> {
  const { buyer, cookies } = await signedInHome(browser, family);
  return kept(`${family}-second-parent`, async () => {
    const [hers, his] = [
      await browser.newContext({ baseURL: urls.web, storageState: cookies }),
      await browser.newContext({ baseURL: urls.web }),
    ];
    const email = `dora@${family}.post.example`;
    await invite(await hers.newPage(), { name: buyer.name, given: "Dora", email });
    const page = await his.newPage();
    await page.goto(await inviteLink(email, 1));
    await sayYes(page, email);
    const state = await his.storageState();
    for (const one of [hers, his]) await one.close();
    return state;
  });
}

async function buy(browser: Browser, family: Family): Promise<Home> {
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
  return home;
}
