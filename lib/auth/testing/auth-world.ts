import { systemClock } from "@/lib/clock.ts";
import { systemIds } from "@/lib/ids.ts";
import { log } from "@/lib/log.ts";
import { TestClock } from "@/lib/provisioning/testing/test-clock.ts";
import { type Limiter, openLimiter } from "@/lib/queue/limit.ts";
import { dbWorld, type TestWorld } from "@/lib/testing/db-world.ts";
import { addPasskey } from "../add-passkey.ts";
import { consumeLink } from "../consume-link.ts";
import { type Auth, openAuth } from "../open-auth.ts";
import { passkeyToAdd } from "../passkey-challenge.ts";
import { sendLink } from "../send-link.ts";
import { type SignedIn, signedIn } from "../signed-in.ts";
import { TestPasskey } from "./authenticator.ts";
import { TestBrowser } from "./browser.ts";

export const webUrl = "http://localhost:4800";

export interface AuthWorld {
  readonly world: TestWorld;
  readonly auth: Auth;
  readonly limiter: Limiter;
  /** Every link that was sent, newest last. */
  readonly sent: { readonly email: string; readonly link: string }[];
  close(): Promise<void>;
}

/** For tests only: sign-in over the real database and Redis, with the mail kept. */
export function authWorld(): AuthWorld {
  const url = process.env["REDIS_URL"];
  if (!url) throw new Error("REDIS_URL is not set: run scripts/test");
  // Sign-in keeps its own, real time: who asks how long ago it was must begin there.
  const world = { ...dbWorld(), clock: new TestClock(systemClock.now().toISOString()) };
  const sent: { email: string; link: string }[] = [];
  const limiter = openLimiter(url, systemClock, () => undefined);
  const auth = openAuth({
    ...world,
    log: { ...log, warn: () => undefined },
    secret: "a secret of thirty-two letters or so for tests",
    webUrl,
    deliver: async (email, link) => void sent.push({ email, link }),
  });
  return {
    world,
    auth,
    limiter,
    sent,
    async close() {
      limiter.close();
      await world.db.$disconnect();
    },
  };
}

export const freshEmail = (): string => `${systemIds.id("mail")}@post.example`;
export const tokenOf = (link: string): string => link.split("/").at(-1) ?? "";

/** Somebody who asked for a link and pressed its button. */
export async function signInByLink(at: AuthWorld, email: string): Promise<{ browser: TestBrowser; who: SignedIn }> {
  await sendLink(at.auth, email);
  const browser = new TestBrowser();
  const { cookies } = await consumeLink(at.auth, at.world, tokenOf(at.sent.at(-1)?.link ?? ""));
  browser.keep(cookies);
  return { browser, who: await whoIs(at, browser) };
}

export async function whoIs(at: AuthWorld, browser: TestBrowser): Promise<SignedIn> {
  const who = await signedIn(at.auth, at.world.clock, browser.headers);
  if (!who) throw new Error("Nobody is signed in");
  return who;
}

/** Adds a passkey to whoever is signed in there. */
export async function withPasskey(at: AuthWorld, browser: TestBrowser, passkey = new TestPasskey(webUrl)) {
  const { cookies, options } = await passkeyToAdd(at.auth, browser.headers);
  browser.keep(cookies);
  await addPasskey(at.auth, browser.headers, passkey.create(options));
  return passkey;
}
