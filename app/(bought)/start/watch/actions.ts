"use server";

import { redirect } from "next/navigation";
import { NameplateError, Refused, Unreachable } from "@/lib/errors.ts";
import { log } from "@/lib/log.ts";
import { chooseAnotherName } from "@/lib/orders/choose-another-name.ts";
import { askForMoneyBack } from "@/lib/orders/give-up-order.ts";
import { lookAgain } from "@/lib/tenants/look-again.ts";
import { web } from "@/lib/web.ts";
import { findBuyer, findWatcher } from "../../../_frame/find-watcher.ts";
import { saving, tooOften } from "../../../_frame/limits.ts";
import { asMuchOf } from "../../../_frame/most-typed.ts";
import { textOf } from "../../../start/_wizard/form-values.ts";

const watchPage = "/start/watch";

/** "I have pressed the link": we look now. The browser's own home is the only one it can reach. */
export async function pressedLinkAction(): Promise<void> {
  const who = await findWatcher();
  if (who && (await tooOften(saving)) === undefined) await quietly(() => lookAgain(web().world, who));
  redirect(watchPage);
}

/** After a name was lost: all of the money goes back. */
export async function moneyBackAction(): Promise<void> {
  const key = await findBuyer();
  await quietly(() => askForMoneyBack(web().world, key));
  redirect(watchPage);
}

/** What changed meanwhile is shown by the page itself. */
async function quietly(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
  }
}

/** After a name was lost: another one for the same money. */
export async function chooseAnotherNameAction(form: FormData): Promise<void> {
  const [name, q] = [textOf(form, "name"), asMuchOf(textOf(form, "q"))];
  redirect(await placeAfter(name, q));
}

async function placeAfter(name: string, q: string): Promise<string> {
  const again = (note: string, typed = q) => `${watchPage}?${new URLSearchParams({ q: typed, note })}`;
  if (name === "") return again("none");
  if ((await tooOften(saving)) !== undefined) return again("often");
  try {
    await chooseAnotherName(web().checkout, await findBuyer(), name);
    return watchPage;
  } catch (error) {
    if (error instanceof NameplateError) {
      // The search for that very name says why it cannot be had.
      return error.kind === "bad-input" ? `${watchPage}?${new URLSearchParams({ q: asMuchOf(name) })}` : watchPage;
    }
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
    log.warn({ err: error }, "The registrar does not answer the choice of another name");
    return again("away");
  }
}
