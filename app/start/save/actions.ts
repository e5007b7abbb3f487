"use server";

import { redirect } from "next/navigation";
import { NameplateError } from "@/lib/errors.ts";
import { saveForLater } from "@/lib/orders/save-for-later.ts";
import { web } from "@/lib/web.ts";
import { carryTyped } from "../../_frame/flash.ts";
import { askingForMail, tooOften } from "../../_frame/limits.ts";
import { asMuchOf } from "../../_frame/most-typed.ts";
import { readOrderKey } from "../../_frame/order-cookie.ts";
import { textOf } from "../_wizard/form-values.ts";

/** "Save and finish later": sends a link. Only for the order of this browser. */
export async function saveForLaterAction(form: FormData): Promise<void> {
  const typed = asMuchOf(textOf(form, "email"));
  await carryTyped(typed);
  if ((await tooOften(askingForMail)) !== undefined) redirect("/start/save?error=save.errors.tooMany");
  redirect(await save(typed));
}

async function save(typed: string): Promise<string> {
  try {
    await saveForLater(web().world, await readOrderKey(), typed);
    return "/start/save?sent=1";
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    if (error.kind === "not-found") return "/start/save";
    if (error.kind === "changed-meanwhile") return "/start";
    if (!error.say) throw error;
    return `/start/save?error=${error.say.key}`;
  }
}
