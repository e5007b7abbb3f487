"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { NameplateError } from "@/lib/errors.ts";
import { giveConsent } from "@/lib/households/consent/give-consent.ts";
import { withdrawConsent } from "@/lib/households/consent/withdraw-consent.ts";
import { web } from "@/lib/web.ts";
import { addressOf } from "../../../../../_frame/caller.ts";
import { consentWords } from "../../../../../_frame/consent-words.ts";
import { ownOrigin } from "../../../../../_session/guard.ts";
import { textOf } from "../../../../../start/_wizard/form-values.ts";
import { consentIn } from "./consent.ts";

/** Of both forms: whose page it is. */
async function asked(form: FormData) {
  await ownOrigin();
  const [name, personId] = [textOf(form, "home").slice(0, 300), textOf(form, "child").slice(0, 300)];
  const { member, child } = await consentIn(encodeURIComponent(name), personId);
  const page = `/home/${encodeURIComponent(name)}/rules/${encodeURIComponent(personId)}/consent`;
  return { member, child, personId, page };
}

/** A parent agrees, with the words that stand beside the box. */
export async function giveConsentAction(form: FormData): Promise<void> {
  const { member, child, personId, page } = await asked(form);
  if (textOf(form, "childConsent") !== "yes") redirect(`${page}?tried=${web().world.clock.now().getTime()}`);
  const text = await consentWords([child.given], child.country);
  const from = addressOf(await headers());
  redirect(`${page}?note=${await saidOf(() => giveConsent(web().world, member, { personId, text, from }), "given")}`);
}

/** The second step of withdrawing: the page before says what follows. */
export async function withdrawConsentAction(form: FormData): Promise<void> {
  const { member, personId, page } = await asked(form);
  const nth = Number.parseInt(textOf(form, "nth"), 10);
  if (!Number.isSafeInteger(nth)) redirect(`${page}?note=odd`);
  redirect(`${page}?note=${await saidOf(() => withdrawConsent(web().world, member, { personId, nth }), "withdrawn")}`);
}

/** What the page is to say of it. A child who was taken out meanwhile is found nowhere by the page itself. */
async function saidOf(act: () => Promise<void>, done: string): Promise<string> {
  try {
    await act();
    return done;
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    return error.kind === "changed-meanwhile" ? "changed" : "odd";
  }
}
