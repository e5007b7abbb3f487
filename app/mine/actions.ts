"use server";

import { redirect } from "next/navigation";
import { after } from "next/server";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import { askToEraseOwn, keepOwnData } from "@/lib/households/data/ask-to-erase.ts";
import { answerHouse } from "@/lib/households/house/answer-house.ts";
import { mineOf } from "@/lib/households/mine/mine-of.ts";
import { closeMine, openMine } from "@/lib/households/mine/open-mine.ts";
import { sendMineLink } from "@/lib/households/mine/send-mine-link.ts";
import { wish } from "@/lib/households/mine/wish.ts";
import { readMatrixId } from "@/lib/households/rules/read-matrix-id.ts";
import { showOwnPage } from "@/lib/households/show-page.ts";
import { tidy } from "@/lib/names/typed-text.ts";
import { web } from "@/lib/web.ts";
import { carryTyped } from "../_frame/flash.ts";
import { asMuchOf } from "../_frame/most-typed.ts";
import { ownOrigin, takeCallersTry } from "../_session/guard.ts";
import { textOf } from "../start/_wizard/form-values.ts";
import { dropMineSecret, keepMineSecret, readMineSecret } from "./mine-cookie.ts";
import { carryWish, mostWords, typedIn } from "./typed-wish.ts";

/** Sends a link into an app, if somebody with that address lives here. The answer comes before we look, so that neither words nor time tell. */
export async function askForMineAction(form: FormData): Promise<void> {
  await ownOrigin();
  const typed = asMuchOf(tidy(textOf(form, "address")));
  await carryTyped(typed, "/mine");
  redirect(`/mine?${await ask(typed)}`);
}

async function ask(typed: string): Promise<string> {
  if (typed === "") return "error=addressEmpty";
  const { value, wrong } = readMatrixId(typed);
  if (wrong) return "error=address";
  const { world, limiter } = web();
  try {
    await takeCallersTry(limits.appsFromOne);
    await takeTry(limiter, limits.appsToOne, value);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "too-often") return "error=tooMany";
    throw error;
  }
  after(() => sendMineLink(world, value));
  return "sent=1";
}

/** The button under "Open your page": uses the link up. A link that does not work says so on its own page. */
export async function openMineAction(form: FormData): Promise<void> {
  await ownOrigin();
  const token = textOf(form, "token").slice(0, 200);
  try {
    await takeCallersTry(limits.links);
    await keepMineSecret(await openMine(web().world, token));
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    redirect(`/mine/open/${encodeURIComponent(token)}`);
  }
  redirect("/mine");
}

/** "I want to write to…": back to the page, which shows the question or says why it is none. */
export async function wishAction(form: FormData): Promise<void> {
  await ownOrigin();
  const typed = typedIn(form);
  await carryWish(typed);
  redirect(`/mine?${await wishFor(typed)}`);
}

async function wishFor({ who, words }: ReturnType<typeof typedIn>): Promise<string> {
  const { world, limiter } = web();
  if (words.length > mostWords) return "error=words";
  try {
    const secret = await readMineSecret();
    await takeTry(limiter, limits.wishes, (await mineOf(world, secret)).person.id);
    await wish(world, secret, { who, words: tidy(words) });
    return "asked=1";
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    if (error.kind === "too-often") return "error=often";
    const word = error.say?.key.split(".").at(-1);
    return error.kind === "not-found" ? "" : `error=${word ?? "who"}`;
  }
}

/** An adult puts their own contact page up, or takes it down. */
export async function ownPageAction(form: FormData): Promise<void> {
  await ownOrigin();
  try {
    await showOwnPage(web().world, await readMineSecret(), textOf(form, "page") === "up");
  } catch (error) {
    // Closed meanwhile, or kept off since: the page says how it stands.
    if (!(error instanceof NameplateError)) throw error;
  }
  redirect("/mine");
}

/** What they say to the house terms that stood there. Where others hold since, the page shows those. */
export async function answerHouseAction(form: FormData): Promise<void> {
  await ownOrigin();
  const answer = { nth: Number(textOf(form, "nth")), agrees: textOf(form, "answer") === "yes" };
  try {
    await answerHouse(web().world, await readMineSecret(), answer);
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
  }
  redirect("/mine");
}

/** Asks that everything we keep of them is erased, or takes that back. */
export async function eraseOwnAction(form: FormData): Promise<void> {
  await ownOrigin();
  const verb = textOf(form, "act") === "keep" ? keepOwnData : askToEraseOwn;
  try {
    await verb(web().world, await readMineSecret());
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
  }
  redirect("/mine/data");
}

/** Nothing of it is left in this browser. */
export async function closeMineAction(): Promise<void> {
  await ownOrigin();
  const secret = await readMineSecret();
  if (secret !== undefined) await closeMine(web().world, secret);
  await dropMineSecret();
  redirect("/mine");
}
