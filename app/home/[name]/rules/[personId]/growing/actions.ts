"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { NameplateError } from "@/lib/errors.ts";
import { answerGrowth, growthAnswers } from "@/lib/households/growing/answer-growth.ts";
import { readBirthday } from "@/lib/households/growing/read-birthday.ts";
import { sayBirthday } from "@/lib/households/growing/say-birthday.ts";
import { ageBands } from "@/lib/tenants/age-band.ts";
import { web } from "@/lib/web.ts";
import { asMuchOf } from "../../../../../_frame/most-typed.ts";
import { ownOrigin } from "../../../../../_session/guard.ts";
import { textOf } from "../../../../../start/_wizard/form-values.ts";
import { carryBirthday, growingIn } from "./growing.ts";

/** Of both forms: whose page it is. */
async function asked(form: FormData) {
  await ownOrigin();
  const [name, personId] = [textOf(form, "home").slice(0, 300), textOf(form, "child").slice(0, 300)];
  const { member } = await growingIn(encodeURIComponent(name), personId);
  const page = `/home/${encodeURIComponent(name)}/rules/${encodeURIComponent(personId)}/growing`;
  return { member, personId, page };
}

/** When a child was born. A mistake leads back to the field, with what was typed. */
export async function sayBirthdayAction(form: FormData): Promise<void> {
  const { member, personId, page } = await asked(form);
  const typed = asMuchOf(textOf(form, "bornOn"));
  if (!readBirthday(typed, web().world.clock.now()).ok) {
    await carryBirthday(typed);
    redirect(`${page}?tried=${web().world.clock.now().getTime()}`);
  }
  redirect(`${page}?note=${await saidOf(() => sayBirthday(web().world, member, { personId, typed }), "saved")}`);
}

const answer = z.object({
  band: z.enum(ageBands),
  answer: z.enum(growthAnswers),
  seen: z.coerce.number().int().min(0),
});

/** Whether the rules that are offered for the child's age are taken. */
export async function answerGrowthAction(form: FormData): Promise<void> {
  const { member, personId, page } = await asked(form);
  const sent = answer.safeParse(Object.fromEntries(["band", "answer", "seen"].map((one) => [one, textOf(form, one)])));
  if (!sent.success) redirect(`${page}?note=odd`);
  const done = sent.data.answer === "take" ? "took" : "left";
  redirect(`${page}?note=${await saidOf(() => answerGrowth(web().world, member, { personId, ...sent.data }), done)}`);
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
