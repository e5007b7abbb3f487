"use server";

import { redirect } from "next/navigation";
import { chooseLook } from "@/lib/orders/choose-look.ts";
import { web } from "@/lib/web.ts";
import { change } from "../_wizard/change.ts";
import { textOf, textsOf } from "../_wizard/form-values.ts";

/** Screen 2, Continue. The browser's own order is the only one it can reach. */
export async function chooseLookAction(form: FormData): Promise<void> {
  const values = textsOf(form, ["given", "part", "confirm"]);
  const done = await change("look", (key) => chooseLook(web().world, key, values, textOf(form, "seen")));
  redirect(done.ok ? "/start/people" : "/start/look");
}
