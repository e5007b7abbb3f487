import { afterAll, describe, expect, test } from "vitest";
import { hashSecret } from "@/lib/ids.ts";
import { TestClock } from "@/lib/provisioning/testing/test-clock.ts";
import { appState } from "./app-state.ts";
import { appLink, beginApp } from "./begin-app.ts";
import { consumeLink } from "./consume-link.ts";
import { endSession } from "./end-session.ts";
import { forgetSignIns } from "./forget-sign-ins.ts";
import { listPasskeys } from "./list-passkeys.ts";
import { passkeyToAdd, passkeyToSignIn } from "./passkey-challenge.ts";
import { proveWithCode } from "./prove-with-code.ts";
import { readLink } from "./read-link.ts";
import { removePasskey } from "./remove-passkey.ts";
import { sendLink } from "./send-link.ts";
import { signInWithPasskey } from "./sign-in-with-passkey.ts";
import { signedIn } from "./signed-in.ts";
import { codeOf } from "./testing/app-code.ts";
import { authWorld, freshEmail, signInByLink, tokenOf, webUrl, whoIs, withPasskey } from "./testing/auth-world.ts";
import { TestPasskey } from "./testing/authenticator.ts";
import { TestBrowser } from "./testing/browser.ts";

const at = authWorld();
const { auth, world } = at;
afterAll(() => at.close());

async function sentLink(email = freshEmail()): Promise<{ email: string; token: string }> {
  await sendLink(auth, email);
  return { email, token: tokenOf(at.sent.at(-1)?.link ?? "") };
}

describe("A sign-in link", () => {
  test("is sent whole and rests nowhere: tables keep hashes only", async () => {
    const { email, token } = await sentLink();
    expect(at.sent.at(-1)).toEqual({ email, link: `${webUrl}/sign-in/link/${token}` });
    expect(token).toHaveLength(43);
    const rows = JSON.stringify([
      await world.db.verification.findMany({ where: { value: { contains: email } } }),
      await world.db.link.findMany({ where: { subject: email } }),
    ]);
    expect(rows).toContain(email);
    expect(rows).not.toContain(token);
  });

  test("that is only looked at, a hundred times, still works", async () => {
    const { email, token } = await sentLink();
    for (let look = 0; look < 100; look++)
      expect(await readLink(world, "sign-in", token)).toEqual({ state: "good", subject: email });
    expect((await consumeLink(auth, world, token)).cookies.length).toBeGreaterThan(0);
  });

  test("begins a session in a cookie that scripts cannot read, and makes a verified account once", async () => {
    const { email, token } = await sentLink();
    const browser = new TestBrowser();
    browser.keep((await consumeLink(auth, world, token)).cookies);
    expect(await whoIs(at, browser)).toMatchObject({ email, emailVerified: true, factor: "link" });
    const again = await signInByLink(at, email);
    expect(again.who.userId).toBe((await whoIs(at, browser)).userId);
    expect(again.who.sessionId).not.toBe((await whoIs(at, browser)).sessionId);
  });

  test("works once, even when pressed ten times at the same moment", async () => {
    const { email, token } = await sentLink();
    const pressed = await Promise.allSettled(Array.from({ length: 10 }, () => consumeLink(auth, world, token)));
    expect(pressed.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await world.db.session.count({ where: { user: { email } } })).toBe(1);
    await expect(consumeLink(auth, world, token)).rejects.toMatchObject({ say: { key: "signIn.link.used" } });
  });

  test("runs out after ten minutes", async () => {
    const { token } = await sentLink();
    world.clock.pass(601);
    expect(await readLink(world, "sign-in", token)).toEqual({ state: "ran-out" });
    await expect(consumeLink(auth, world, token)).rejects.toMatchObject({ say: { key: "signIn.link.ran-out" } });
  });

  test("is no enrolment link, and a made-up one is unknown", async () => {
    const { token } = await sentLink();
    expect(await readLink(world, "staff-enrol", token)).toEqual({ state: "unknown" });
    await expect(consumeLink(auth, world, "made-up")).rejects.toMatchObject({ say: { key: "signIn.link.unknown" } });
  });
});

describe("A session", () => {
  test("that was ended is over for a copy of its cookie too", async () => {
    const { browser } = await signInByLink(at, freshEmail());
    const thief = browser.copy();
    browser.keep(await endSession(auth, browser.headers));
    expect(await signedIn(auth, world.clock, browser.headers)).toBeUndefined();
    expect(await signedIn(auth, world.clock, thief.headers)).toBeUndefined();
  });

  test("that begins in a browser ends the one it had: a new id each time", async () => {
    const first = await signInByLink(at, freshEmail());
    const { token } = await sentLink();
    const { who } = await consumeLink(auth, world, token, first.who);
    expect(who.sessionId).not.toBe(first.who.sessionId);
    expect(await signedIn(auth, world.clock, first.browser.headers)).toBeUndefined();
  });

  test("is not begun by a made-up cookie, nor by a row's token without our signature", async () => {
    const { who } = await signInByLink(at, freshEmail());
    const row = await world.db.session.findUniqueOrThrow({ where: { id: who.sessionId } });
    for (const value of ["x", row.token, `${row.token}.${hashSecret("x")}`])
      expect(
        await signedIn(
          auth,
          world.clock,
          new Headers({ cookie: `nameplate.session_token=${encodeURIComponent(value)}` }),
        ),
      ).toBeUndefined();
  });
});

describe("A passkey", () => {
  const answer = async (passkey: TestPasskey, browser = new TestBrowser()) => {
    const { cookies, options } = await passkeyToSignIn(auth);
    expect(JSON.parse(options)).toMatchObject({ userVerification: "required", rpId: "localhost" });
    browser.keep(cookies);
    return { browser, given: passkey.get(options) };
  };

  test("signs its owner in, and the session says so", async () => {
    const { browser, who } = await signInByLink(at, freshEmail());
    const passkey = await withPasskey(at, browser);
    const { browser: other, given } = await answer(passkey);
    other.keep((await signInWithPasskey(auth, world.db, other.headers, given)).cookies);
    expect(await whoIs(at, other)).toMatchObject({ userId: who.userId, factor: "passkey" });
  });

  test("answers a challenge once", async () => {
    const { browser } = await signInByLink(at, freshEmail());
    const passkey = await withPasskey(at, browser);
    const { browser: other, given } = await answer(passkey);
    await signInWithPasskey(auth, world.db, other.headers, given);
    await expect(signInWithPasskey(auth, world.db, other.headers, given)).rejects.toMatchObject({
      kind: "not-signed-in",
    });
  });

  test.each([
    ["that did not look who held it", { verifyUser: false }],
    ["used on another site", { origin: "https://nameplate.example.evil" }],
    ["made for another host", { host: "evil.example" }],
  ])("%s is refused", async (_, differs) => {
    const { browser } = await signInByLink(at, freshEmail());
    const good = await withPasskey(at, browser);
    const { browser: other, given } = await answer(Object.assign(good, { does: { ...good.does, ...differs } }));
    await expect(signInWithPasskey(auth, world.db, other.headers, given)).rejects.toMatchObject({
      say: { key: "signIn.passkeyFailed" },
    });
    expect(await signedIn(auth, world.clock, other.headers)).toBeUndefined();
    await expect(withPasskey(at, browser, new TestPasskey(webUrl, differs))).rejects.toThrow();
  });

  test("that nobody added is refused, and nonsense is not a passkey", async () => {
    const { browser, given } = await answer(new TestPasskey(webUrl));
    await expect(signInWithPasskey(auth, world.db, browser.headers, given)).rejects.toMatchObject({
      kind: "not-signed-in",
    });
    for (const nonsense of ["", "{", "null", "[]", '{"id":1}', '{"id":"x","type":"public-key"}'])
      await expect(signInWithPasskey(auth, world.db, browser.headers, nonsense)).rejects.toMatchObject({
        kind: "bad-input",
      });
  });

  test("is added by nobody who is not signed in", async () => {
    await expect(passkeyToAdd(auth, new Headers())).rejects.toThrow();
  });

  test("is seen and taken away by its owner only", async () => {
    const anna = await signInByLink(at, freshEmail());
    const ben = await signInByLink(at, freshEmail());
    await withPasskey(at, anna.browser);
    const [passkey] = await listPasskeys(world.db, anna.who);
    expect(passkey).toMatchObject({ keeper: null });
    expect(await listPasskeys(world.db, ben.who)).toEqual([]);
    await expect(removePasskey(world.db, ben.who, passkey?.id ?? "")).rejects.toMatchObject({ kind: "not-found" });
    await removePasskey(world.db, anna.who, passkey?.id ?? "");
    expect(await listPasskeys(world.db, anna.who)).toEqual([]);
  });
});

describe("An authenticator app", () => {
  const tools = { auth, db: world.db, limiter: at.limiter };
  async function begun() {
    const { browser, who } = await signInByLink(at, freshEmail());
    await beginApp(auth, browser.headers);
    return { browser, who, link: (await appLink(auth, world.db, who, browser.headers)) ?? "" };
  }

  test("is switched on by its first code, which begins a proven session and ends all others", async () => {
    const { browser, who, link } = await begun();
    const elsewhere = await signInByLink(at, who.email);
    expect(await appState(world.db, who)).toBe("begun");
    browser.keep(await proveWithCode(tools, who, browser.headers, codeOf(link)));
    const proven = await whoIs(at, browser);
    expect(proven).toMatchObject({ userId: who.userId, factor: "totp" });
    expect(proven.sessionId).not.toBe(who.sessionId);
    expect(await signedIn(auth, world.clock, elsewhere.browser.headers)).toBeUndefined();
    expect(await appState(world.db, who)).toBe("set-up");
    expect(await appLink(auth, world.db, proven, browser.headers)).toBeUndefined();
  });

  test("is asked again after the next link, and only then the session is proven", async () => {
    const { browser, who, link } = await begun();
    browser.keep(await proveWithCode(tools, who, browser.headers, codeOf(link)));
    const later = await signInByLink(at, who.email);
    expect(later.who.factor).toBe("link");
    later.browser.keep(await proveWithCode(tools, later.who, later.browser.headers, codeOf(link, 30)));
    expect((await whoIs(at, later.browser)).factor).toBe("totp");
    expect((await whoIs(at, browser)).factor).toBe("totp");
  });

  test("shows codes that work once", async () => {
    const { browser, who, link } = await begun();
    const code = codeOf(link);
    browser.keep(await proveWithCode(tools, who, browser.headers, code));
    const later = await signInByLink(at, who.email);
    await expect(proveWithCode(tools, later.who, later.browser.headers, code)).rejects.toMatchObject({
      say: { key: "staff.prove.errors.code" },
    });
  });

  test("cannot be guessed: after five wrong codes a right one has to wait", async () => {
    const { browser, who, link } = await begun();
    const right = codeOf(link);
    for (let guess = 0; guess < 5; guess++) {
      const wrong = String((Number(right) + 1 + guess) % 1_000_000).padStart(6, "0");
      await expect(proveWithCode(tools, who, browser.headers, wrong)).rejects.toMatchObject({ kind: "bad-input" });
    }
    await expect(proveWithCode(tools, who, browser.headers, right)).rejects.toMatchObject({ kind: "too-often" });
  });
});

test("What no longer lets anybody in is forgotten, and what does is kept", async () => {
  const { email, token } = await sentLink();
  const { browser } = await signInByLink(at, freshEmail());
  await forgetSignIns(world);
  expect(await readLink(world, "sign-in", token)).toEqual({ state: "good", subject: email });
  expect(await signedIn(auth, world.clock, browser.headers)).toBeDefined();
  const later = new TestClock(world.clock.now().toISOString());
  later.pass(31 * 86_400);
  // Over by our clock, before anybody has forgotten it.
  expect(await signedIn(auth, later, browser.headers)).toBeUndefined();
  await forgetSignIns({ ...world, clock: later });
  expect(await signedIn(auth, world.clock, browser.headers)).toBeUndefined();
  expect(await world.db.link.count({ where: { subject: email } })).toBe(0);
  expect(await world.db.verification.count({ where: { value: { contains: email } } })).toBe(0);
});
