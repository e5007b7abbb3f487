"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { after } from "next/server";
import { type Begun, consumeLink } from "@/lib/auth/consume-link.ts";
import { endSession } from "@/lib/auth/end-session.ts";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { passkeyToSignIn } from "@/lib/auth/passkey-challenge.ts";
import { signInWithPasskey } from "@/lib/auth/sign-in-with-passkey.ts";
import { NameplateError } from "@/lib/errors.ts";
import { sendSignInLink } from "@/lib/households/send-sign-in-link.ts";
import { log } from "@/lib/log.ts";
import { tidy } from "@/lib/names/typed-text.ts";
import { isEmail } from "@/lib/orders/email.ts";
import { web } from "@/lib/web.ts";
import { carryTyped } from "../_frame/flash.ts";
import { asMuchOf } from "../_frame/most-typed.ts";
import { sayer } from "../_frame/say.ts";
import { ownOrigin, takeCallersTry } from "../_session/guard.ts";
import { keepCookies } from "../_session/keep-cookies.ts";
import { visitor } from "../_session/visitor.ts";
import { readAim, wayHome } from "../_session/way-home.ts";
import { textOf } from "../start/_wizard/form-values.ts";

/** Sends a sign-in link, if we know the e-mail. The answer comes before we look, so that neither words nor time tell. */
export async function askForLinkAction(form: FormData): Promise<void> {
  await ownOrigin();
  const typed = asMuchOf(tidy(textOf(form, "email")));
  await carryTyped(typed, "/sign-in");
  redirect(`/sign-in?to=${readAim(textOf(form, "to"))}&${await ask(typed.toLowerCase())}`);
}

async function ask(email: string): Promise<string> {
  if (email === "") return "error=emailEmpty";
  if (!isEmail(email)) return "error=email";
  const { world, auth, limiter } = web();
  try {
    await takeCallersTry(limits.mailsFromOne);
    await takeTry(limiter, limits.mailsToOne, email);
    await takeTry(limiter, limits.mails, "all");
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "too-often") return "error=tooMany";
    throw error;
  }
  after(() => sendSignInLink({ world, auth, log }, email));
  return "sent=1";
}

/** The button under "Sign in as": uses the link up. A link that does not work says so on its own page. */
export async function consumeLinkAction(form: FormData): Promise<void> {
  await ownOrigin();
  const token = textOf(form, "token").slice(0, 200);
  redirect((await consume(token)) ?? `/sign-in/link/${encodeURIComponent(token)}`);
}

async function consume(token: string): Promise<string | undefined> {
  const { world, auth } = web();
  try {
    await takeCallersTry(limits.links);
    return await begin(await consumeLink(auth, world, token, await visitor()), "home");
  } catch (error) {
    if (error instanceof NameplateError) return undefined;
    throw error;
  }
}

async function begin({ who, cookies }: Begun, aim: string): Promise<string> {
  await keepCookies(cookies);
  return wayHome(who, readAim(aim));
}

/** Why it went no further, as a sentence. */
type Unanswered = { readonly words: string };

/** A challenge for any passkey of this site. */
export async function passkeyChallengeAction(): Promise<{ readonly options: string } | Unanswered> {
  await ownOrigin();
  return inWords(async () => {
    await takeCallersTry(limits.challenges);
    const { options, cookies } = await passkeyToSignIn(web().auth);
    await keepCookies(cookies);
    return { options };
  });
}

/** A passkey answered: signs its owner in, and says where to go. */
export async function passkeyAction(answer: string, aim: string): Promise<{ readonly to: string } | Unanswered> {
  await ownOrigin();
  const { auth, world } = web();
  return inWords(async () => {
    await takeCallersTry(limits.passkeys);
    const begun = await signInWithPasskey(auth, world.db, await headers(), String(answer), await visitor());
    return { to: await begin(begun, String(aim)) };
  });
}

async function inWords<T>(work: () => Promise<T>): Promise<T | Unanswered> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NameplateError && error.say) return { words: (await sayer())(error.say) };
    throw error;
  }
}

export async function signOutAction(): Promise<void> {
  await ownOrigin();
  await keepCookies(await endSession(web().auth, await headers()));
  redirect("/sign-in");
}
