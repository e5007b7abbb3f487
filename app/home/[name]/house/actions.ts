"use server";

import { redirect } from "next/navigation";
import type { Wrong } from "@/components/wrong.ts";
import { NameplateError } from "@/lib/errors.ts";
import { readTogether } from "@/lib/households/house/read-together.ts";
import { saveHouseTerms } from "@/lib/households/house/save-house-terms.ts";
import { web } from "@/lib/web.ts";
import { sayer, wrongsOf } from "../../../_frame/say.ts";
import { ownOrigin } from "../../../_session/guard.ts";
import { textOf } from "../../../start/_wizard/form-values.ts";
import { insiderOf, memberOf } from "../../_parts/member.ts";

/** What the form shows after a try: everything that was typed. */
export interface SavedHouse {
  /** Grows with each try, so that the summary takes the focus again. */
  readonly tries: number;
  readonly text: string;
  readonly wrong?: Wrong;
}

const homeIn = (form: FormData): string => encodeURIComponent(textOf(form, "home").slice(0, 300));

/** Far more than house terms may hold, so that what is too long is still given back. */
const mostKept = 50_000;

export async function saveHouseAction(before: SavedHouse, form: FormData): Promise<SavedHouse> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await memberOf(name);
  const text = String(form.get("text") ?? "")
    .slice(0, mostKept)
    .toWellFormed();
  try {
    await saveHouseTerms(web().world, member, { text, seen: Number(textOf(form, "seen")) });
  } catch (error) {
    if (!(error instanceof NameplateError) || !error.say) throw error;
    const problem = { at: "text", field: { key: "family.house.text" }, say: error.say };
    const [wrong] = wrongsOf([problem], await sayer());
    return { tries: before.tries + 1, text, ...(wrong ? { wrong } : {}) };
  }
  redirect(`/home/${name}/house?note=saved`);
}

/** "We read it together": of a child by a parent, of an adult by whoever runs the home. */
export async function readTogetherAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await insiderOf(name);
  const asked = { personId: textOf(form, "person").slice(0, 300), nth: Number(textOf(form, "nth")) };
  try {
    await readTogether(web().world, member, asked);
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    redirect(`/home/${name}/house?note=changed`);
  }
  redirect(`/home/${name}/house?note=read`);
}
