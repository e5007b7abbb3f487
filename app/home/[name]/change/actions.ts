"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Member } from "@/lib/households/access.ts";
import { askForPeriod } from "@/lib/households/ask-for-period.ts";
import { askForTerms, type TermsAsk } from "@/lib/households/ask-for-terms.ts";
import { confirmTerms } from "@/lib/households/confirm-terms.ts";
import type { Agreed } from "@/lib/households/consent/agreed.ts";
import { describeTerms } from "@/lib/households/describe-terms.ts";
import { readNewPerson } from "@/lib/households/read-new-person.ts";
import { web } from "@/lib/web.ts";
import { homeLabel } from "../../../_frame/bill-lines.ts";
import { addressOf } from "../../../_frame/caller.ts";
import { consentWords } from "../../../_frame/consent-words.ts";
import { ownOrigin } from "../../../_session/guard.ts";
import { textOf } from "../../../start/_wizard/form-values.ts";
import { memberOf, partnerOf, payerOf } from "../../_parts/member.ts";
import { carryPerson, typedPerson } from "../people/typed-person.ts";

const homeIn = (form: FormData): string => textOf(form, "home").slice(0, 300);
const now = (): number => web().world.clock.now().getTime();
const pathOf = (name: string, rest = ""): string => `/home/${encodeURIComponent(name)}${rest}`;

/** The first step of adding somebody: what was typed is read, and nothing is changed. */
export async function addPersonAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await memberOf(name);
  const typed = typedPerson(form);
  await carryPerson(typed);
  const read = await readNewPerson(web().world, member, typed);
  const page = pathOf(name, "/people/add");
  if (!read.ok) redirect(`${page}?tried=${now()}`);
  redirect(await asked(member, name, { kind: "add", person: read.value }, page));
}

/** The first step of taking somebody out. */
export async function takeOutAction(form: FormData): Promise<void> {
  redirect(await moved(form, "out"));
}

/** The first step of bringing somebody back who was taken out. */
export async function bringBackAction(form: FormData): Promise<void> {
  redirect(await moved(form, "back"));
}

async function moved(form: FormData, kind: "out" | "back"): Promise<string> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await memberOf(name);
  return asked(member, name, { kind, personId: textOf(form, "person") }, pathOf(name));
}

/** The first step to another plan. */
export async function choosePlanAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await payerOf(name);
  redirect(await asked(member, name, { kind: "plan", plan: textOf(form, "plan") }, pathOf(name, "/bill/plan")));
}

/** The first step of putting an add-on on the bill, or of taking it off. */
export async function chooseAddOnAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await payerOf(name);
  const [addOn, comes] = [textOf(form, "addOn"), textOf(form, "comes") === "yes"];
  redirect(await asked(member, name, { kind: "add-on", addOn, comes }, pathOf(name, "/bill/add-ons")));
}

/** The first step to another period; the one they have takes back what was wanted. */
export async function choosePeriodAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await payerOf(name);
  const period = textOf(form, "period") === "year" ? "year" : "month";
  redirect(await led(member, name, () => askForPeriod(web().world, member, period), pathOf(name, "/bill")));
}

/** The second step: from here on it is wanted. */
export async function confirmTermsAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const [member, id] = [await partnerOf(name), textOf(form, "change")];
  const page = pathOf(name, `/change/${encodeURIComponent(id)}`);
  try {
    const agreed = textOf(form, "childConsent") === "yes" ? await agreedTo(member, id) : undefined;
    await confirmTerms(web().world, member, id, agreed);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "bad-input") redirect(`${page}?tried=${now()}`);
    // It is good no more: the page they are led to says so.
    if (error instanceof NameplateError && error.kind === "changed-meanwhile") redirect(page);
    if (error instanceof NameplateError && error.kind === "not-found") redirect(pathOf(name));
    throw error;
  }
  redirect(pathOf(name, textOf(form, "then") === "bill" ? "/bill" : ""));
}

/** The words that the page showed, of the same change. */
async function agreedTo(member: Member, id: string): Promise<Agreed> {
  const { children, country } = (await describeTerms(web().world, member, id)).asksFor;
  return { text: await consentWords(children, country), from: addressOf(await headers()) };
}

/** Where a choice leads: to the page that says what it comes to, or back to where it was made, which says why not. */
const asked = (member: Member, name: string, ask: TermsAsk, back: string): Promise<string> =>
  led(
    member,
    name,
    () => askForTerms(web().world, member, ask, (plan, heads) => homeLabel({ plan }, heads)),
    back,
    ask.kind === "plan" ? `&plan=${encodeURIComponent(ask.plan)}` : "",
  );

async function led(
  { userId }: Member,
  name: string,
  ask: () => Promise<string | undefined>,
  back: string,
  chosen = "",
): Promise<string> {
  try {
    await takeTry(web().limiter, limits.setUp, userId);
    const id = await ask();
    return id ? pathOf(name, `/change/${encodeURIComponent(id)}`) : pathOf(name, "/bill");
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    const why = error.say?.key.split(".").at(-1) ?? "";
    return `${back}?error=${error.kind === "too-often" ? "often" : why}${chosen}`;
  }
}
