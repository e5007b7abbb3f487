"use server";

import { redirect } from "next/navigation";
import { NameplateError } from "@/lib/errors.ts";
import { resumeOrder } from "@/lib/orders/resume-order.ts";
import { sendLinkAgain } from "@/lib/orders/save-for-later.ts";
import { web } from "@/lib/web.ts";
import { carryTyped } from "../../_frame/flash.ts";
import { askingForMail, saving, tooOften } from "../../_frame/limits.ts";
import { asMuchOf } from "../../_frame/most-typed.ts";
import { keepOrderKey } from "../../_frame/order-cookie.ts";
import { textOf } from "../_wizard/form-values.ts";

/** Uses a mailed link, once: whoever holds it may open that one order. */
export async function resumeAction(form: FormData): Promise<void> {
  const token = textOf(form, "token").slice(0, 200);
  const page = `/start/resume/${encodeURIComponent(token)}`;
  if ((await tooOften(saving)) !== undefined) redirect(page);
  const key = await resumeOrder(web().world, token);
  if (!key) redirect(page);
  await keepOrderKey(key);
  redirect("/start");
}

/** A new link to the address we know. Answers the same whether an order waits there or not. */
export async function sendLinkAgainAction(form: FormData): Promise<void> {
  const typed = asMuchOf(textOf(form, "email"));
  await carryTyped(typed);
  if ((await tooOften(askingForMail)) !== undefined) redirect("/start/resume?error=save.errors.tooMany");
  redirect(`/start/resume?${await ask(typed)}`);
}

async function ask(typed: string): Promise<string> {
  try {
    await sendLinkAgain(web().world, typed);
    return "sent=1";
  } catch (error) {
    if (error instanceof NameplateError && error.say) return `error=${error.say.key}`;
    throw error;
  }
}
