import { afterAll, describe, expect, test } from "vitest";
import { appState } from "@/lib/auth/app-state.ts";
import { readLink } from "@/lib/auth/read-link.ts";
import { signedIn } from "@/lib/auth/signed-in.ts";
import { codeOf } from "@/lib/auth/testing/app-code.ts";
import { authWorld, freshEmail, signInByLink, whoIs, withPasskey } from "@/lib/auth/testing/auth-world.ts";
import { maySignIn } from "@/lib/households/may-sign-in.ts";
import { TestClock } from "@/lib/provisioning/testing/test-clock.ts";
import { dropApp, dropPasskey } from "./drop-way-in.ts";
import { enrolStaff } from "./enrol-staff.ts";
import { inviteStaff } from "./invite-staff.ts";
import { askForNewPasskey } from "./new-passkey.ts";
import { removeStaff } from "./remove-staff.ts";
import { beginStaffApp, showCode, staffAppLink } from "./staff-app.ts";
import { staffOf, staffSeconds } from "./staff-of.ts";
import { enrolled, staffMember } from "./testing/people.ts";

const at = authWorld();
const { world } = at;
/** The same tables, so many seconds from now. */
const later = (seconds: number) => {
  const clock = new TestClock(world.clock.now().toISOString());
  clock.pass(seconds);
  return { ...world, clock };
};
afterAll(() => at.close());

describe("The staff pages", () => {
  test("do not exist for a stranger, nor for a family", async () => {
    const family = await signInByLink(at, freshEmail());
    for (const who of [undefined, family.who])
      await expect(staffOf(world, who)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("stay shut after an enrolment link and after a sign-in link: a passkey or a code must be shown", async () => {
    const { who } = await enrolled(at);
    await expect(staffOf(world, who)).rejects.toMatchObject({ kind: "not-signed-in" });
    const priya = await staffMember(at);
    expect(await staffOf(world, priya.who)).toMatchObject({ name: "Priya N." });
    const byMail = await signInByLink(at, priya.who.email);
    await expect(staffOf(world, byMail.who)).rejects.toMatchObject({ kind: "not-signed-in" });
  });

  test("ask again after a working day", async () => {
    const { who } = await staffMember(at);
    await expect(staffOf(later(staffSeconds - 60), who)).resolves.toBeDefined();
    await expect(staffOf(later(staffSeconds + 60), who)).rejects.toMatchObject({ kind: "not-signed-in" });
  });
});

describe("An enrolment", () => {
  test("link works once, for a day, and its secret rests nowhere", async () => {
    const email = freshEmail();
    const token = await inviteStaff(world, { email, name: "Priya" });
    const link = await world.db.link.findFirstOrThrow({ where: { subject: { contains: email } } });
    expect(JSON.stringify(link)).not.toContain(token);
    expect(await readLink(world, "staff-enrol", token)).toMatchObject({ state: "good" });
    await enrolStaff(world, token);
    await expect(enrolStaff(world, token)).rejects.toMatchObject({ say: { key: "signIn.link.used" } });
    const second = await inviteStaff(world, { email, name: "Priya" });
    await expect(enrolStaff(later(86_401), second)).rejects.toMatchObject({ say: { key: "signIn.link.ran-out" } });
  });

  test("ends whatever opened that account before: who once read its mail does not become staff", async () => {
    const email = freshEmail();
    const thief = await signInByLink(at, email);
    await withPasskey(at, thief.browser);
    const { who } = await enrolled(at, email);
    expect(await signedIn(at.auth, at.world.clock, thief.browser.headers)).toBeUndefined();
    expect(await world.db.passkey.count({ where: { userId: who.userId } })).toBe(0);
  });

  test("lets nothing be done before a way in is set up, and only within the hour", async () => {
    const { browser, who } = await enrolled(at);
    const caller = { who, headers: browser.headers };
    await expect(askForNewPasskey({ ...at, world: later(2 * 3600) }, caller)).rejects.toMatchObject({
      kind: "not-signed-in",
    });
    await expect(askForNewPasskey(at, caller)).resolves.toBeDefined();
  });

  test("with an app shows its square until the first code, which proves the session", async () => {
    const { browser, who } = await enrolled(at);
    const caller = { who, headers: browser.headers };
    expect(await staffAppLink(at, caller)).toBeUndefined();
    await beginStaffApp(at, caller);
    const link = (await staffAppLink(at, caller)) ?? "";
    browser.keep(await showCode(at, caller, codeOf(link)));
    const proven = await whoIs(at, browser);
    await expect(staffOf(world, proven)).resolves.toBeDefined();
    expect(await staffAppLink(at, { who: proven, headers: browser.headers })).toBeUndefined();
  });
});

describe("Ways in of the staff", () => {
  test("are not added or taken away by who came in by a link", async () => {
    const priya = await staffMember(at);
    const { browser, who } = await signInByLink(at, priya.who.email);
    const caller = { who, headers: browser.headers };
    const [passkey] = await world.db.passkey.findMany({ where: { userId: who.userId } });
    for (const attempt of [
      () => askForNewPasskey(at, caller),
      () => beginStaffApp(at, caller),
      () => staffAppLink(at, caller),
      () => showCode(at, caller, "123456"),
      () => dropPasskey(at, who, passkey?.id ?? ""),
      () => dropApp(at, who),
    ])
      await expect(attempt()).rejects.toMatchObject({ kind: "not-signed-in" });
    expect(await appState(world.db, who)).toBe("none");
  });

  test("the last one stays", async () => {
    const { browser, who } = await staffMember(at);
    const [first] = await world.db.passkey.findMany({ where: { userId: who.userId } });
    const drop = () => dropPasskey(at, who, first?.id ?? "");
    await expect(drop()).rejects.toMatchObject({ say: { key: "staff.you.errors.last" } });
    await withPasskey(at, browser);
    await drop();
    expect(await world.db.passkey.count({ where: { userId: who.userId } })).toBe(1);
  });

  test("an app is not for families", async () => {
    const { browser, who } = await signInByLink(at, freshEmail());
    const caller = { who, headers: browser.headers };
    await expect(beginStaffApp(at, caller)).rejects.toMatchObject({ kind: "not-found" });
    await expect(showCode(at, caller, "123456")).rejects.toMatchObject({ kind: "not-found" });
  });

  test("end at once for somebody who is taken off the staff", async () => {
    const { browser, who } = await staffMember(at);
    const unused = await inviteStaff(world, { email: who.email, name: "Priya" });
    expect(await maySignIn(world, who.email)).toBe(true);
    await removeStaff(world, who.email.toUpperCase());
    expect(await signedIn(at.auth, at.world.clock, browser.headers)).toBeUndefined();
    await expect(staffOf(world, who)).rejects.toMatchObject({ kind: "not-found" });
    expect(await maySignIn(world, who.email)).toBe(false);
    await expect(enrolStaff(world, unused)).rejects.toMatchObject({ say: { key: "signIn.link.used" } });
    await expect(removeStaff(world, who.email)).rejects.toMatchObject({ kind: "not-found" });
  });
});
