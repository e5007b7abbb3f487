import { beginSessionFor } from "@/lib/auth/begin-session-for.ts";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { type AuthWorld, freshEmail, webUrl, whoIs } from "@/lib/auth/testing/auth-world.ts";
import { TestPasskey } from "@/lib/auth/testing/authenticator.ts";
import { TestBrowser } from "@/lib/auth/testing/browser.ts";
import { enrolStaff } from "../enrol-staff.ts";
import { inviteStaff } from "../invite-staff.ts";
import { askForNewPasskey, keepNewPasskey } from "../new-passkey.ts";

/** For tests only: somebody who opened an enrolment link and has set nothing up yet. */
export async function enrolled(at: AuthWorld, email = freshEmail()): Promise<{ browser: TestBrowser; who: SignedIn }> {
  const token = await inviteStaff(at.world, { email, name: "Priya N." });
  const browser = new TestBrowser();
  browser.keep(await beginSessionFor(at.auth, await enrolStaff(at.world, token), "enrol"));
  return { browser, who: await whoIs(at, browser) };
}

/** For tests only: one of the staff, with a passkey shown. */
export async function staffMember(at: AuthWorld, email = freshEmail()) {
  const { browser, who } = await enrolled(at, email);
  const passkey = new TestPasskey(webUrl);
  const { cookies, options } = await askForNewPasskey(at, { who, headers: browser.headers });
  browser.keep(cookies);
  browser.keep(await keepNewPasskey(at, { who, headers: browser.headers }, passkey.create(options)));
  return { browser, who: await whoIs(at, browser), passkey };
}
