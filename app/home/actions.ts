"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import { renewCard } from "@/lib/households/renew-card.ts";
import { showPage } from "@/lib/households/show-page.ts";
import { dropPasskey } from "@/lib/staff/drop-way-in.ts";
import { askForNewPasskey, keepNewPasskey } from "@/lib/staff/new-passkey.ts";
import { web } from "@/lib/web.ts";
import { sayer } from "../_frame/say.ts";
import { ownOrigin } from "../_session/guard.ts";
import { keepCookies } from "../_session/keep-cookies.ts";
import { textOf } from "../start/_wizard/form-values.ts";
import { insiderOf, mustBeSignedIn } from "./_parts/member.ts";

/** Makes a new card for somebody of this home, and shows it. */
export async function renewCardAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = textOf(form, "home").slice(0, 300);
  const member = await insiderOf(name);
  const person = { personId: textOf(form, "person"), insteadOf: textOf(form, "card") };
  try {
    await renewCard(web().world, member, person);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") redirect(`/home/${encodeURIComponent(name)}`);
    throw error;
  }
  redirect(`/home/${encodeURIComponent(name)}/card/${encodeURIComponent(person.personId)}`);
}

/** Puts a child's contact page up, or takes it down. */
export async function showPageAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = textOf(form, "home").slice(0, 300);
  const member = await insiderOf(name);
  try {
    await showPage(web().world, member, { personId: textOf(form, "person"), page: textOf(form, "page") === "up" });
  } catch (error) {
    // The person has gone meanwhile: the page they are led to shows who is there.
    if (!(error instanceof NameplateError) || error.kind !== "not-found") throw error;
  }
  redirect(`/home/${encodeURIComponent(name)}`);
}

export type Step<T> = T | { readonly words: string };

/** What the browser needs to make a passkey for whoever is signed in. */
export async function newPasskeyAction(): Promise<Step<{ readonly options: string }>> {
  await ownOrigin();
  return inWords(async (caller, tools) => {
    const { options, cookies } = await askForNewPasskey(tools, caller);
    await keepCookies(cookies);
    return { options };
  });
}

/** Keeps the passkey that the browser made. */
export async function keepPasskeyAction(answer: string): Promise<Step<{ readonly added: true }>> {
  await ownOrigin();
  return inWords(async (caller, tools) => {
    await keepCookies(await keepNewPasskey(tools, caller, String(answer)));
    return { added: true };
  });
}

export async function removePasskeyAction(form: FormData): Promise<void> {
  await ownOrigin();
  const [who, id] = [await mustBeSignedIn(), textOf(form, "passkey")];
  const to = textOf(form, "from") === "staff" ? "/admin/you" : "/home";
  try {
    await dropPasskey(web(), who, id);
  } catch (error) {
    // Gone already, or the last way in of one of the staff: the page they are led to says so.
    if (!(error instanceof NameplateError)) throw error;
    if (error.say?.key === "staff.you.errors.last") redirect("/admin/you?error=last");
  }
  redirect(to);
}

async function inWords<T>(
  work: (caller: Parameters<typeof askForNewPasskey>[1], tools: ReturnType<typeof web>) => Promise<T>,
): Promise<Step<T>> {
  const who = await mustBeSignedIn();
  try {
    await takeTry(web().limiter, limits.setUp, who.userId);
    return await work({ who, headers: await headers() }, web());
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    const say = await sayer();
    // A proven session of the staff says no more than that: their own pages say the rest.
    return { words: say(error.say ?? { key: "signIn.passkeys.staffFirst" }) };
  }
}
