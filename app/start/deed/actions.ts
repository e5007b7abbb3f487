"use server";

import { redirect } from "next/navigation";
import { contactFields } from "@/lib/orders/deed/questions.ts";
import { fillDeed } from "@/lib/orders/fill-deed.ts";
import { web } from "@/lib/web.ts";
import { change } from "../_wizard/change.ts";
import { textOf, textsOf } from "../_wizard/form-values.ts";

/** An ending asks two or three questions of its own; a form with more is none of ours. */
const mostExtra = 30;

/** Screen 4, Continue. The browser's own order is the only one it can reach. */
export async function fillDeedAction(form: FormData): Promise<void> {
  const extra = [...form.keys()].filter((name) => /^extra\.\w{1,60}$/.test(name)).slice(0, mostExtra);
  const values = { ...textsOf(form, contactFields), ...textsOf(form, extra) };
  const done = await change("deed", (key) => fillDeed(web().checkout, key, values, textOf(form, "seen")));
  redirect(done.ok ? "/start/pay" : "/start/deed");
}
