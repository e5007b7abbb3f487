"use server";

import { redirect } from "next/navigation";
import { chooseName } from "@/lib/orders/choose-name.ts";
import { web } from "@/lib/web.ts";

import { asMuchOf } from "../../_frame/most-typed.ts";
import { keepOrderKey } from "../../_frame/order-cookie.ts";
import { keepTerms, termsHere } from "../../_frame/terms.ts";
import { change } from "../_wizard/change.ts";
import { textOf } from "../_wizard/form-values.ts";

/** Screen 1, Continue: begins the order, or changes its name. The browser's own order is the only one it can reach. */
export async function chooseNameAction(form: FormData): Promise<void> {
  const typed = textOf(form, "name");
  const q = encodeURIComponent(asMuchOf(textOf(form, "q")));
  if (typed === "") redirect(`/start/name?q=${q}&note=choose`);
  const terms = await termsHere();
  const done = await change("name", (key) => chooseName(web().checkout, key, typed, terms));
  if (!done.ok) redirect(`/start/name?q=${encodeURIComponent(asMuchOf(done.name))}${done.lost ? "&lost=1" : ""}`);
  await keepOrderKey(done.key);
  await keepTerms(done.terms);
  redirect("/start/look");
}
