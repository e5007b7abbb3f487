"use server";

import { redirect } from "next/navigation";
import { NameplateError } from "@/lib/errors.ts";
import { changeRules } from "@/lib/households/rules/change-rules.ts";
import { type RulesChoice, readChoice } from "@/lib/households/rules/read-choice.ts";
import { web } from "@/lib/web.ts";
import { ownOrigin } from "../../../../_session/guard.ts";
import { textOf } from "../../../../start/_wizard/form-values.ts";
import { type ChildOfHome, carryChoice, childIn, choiceIn, isAsSeen, isOther } from "./choice.ts";

/** The first step: changes nothing. */
export async function chooseRulesAction(form: FormData): Promise<void> {
  await ownOrigin();
  const { child, page, choice } = await asked(form);
  if (!isAsSeen(choice, child)) redirect(`${page}?note=changed`);
  const chosen = await chosenIn(page, choice, child);
  if (!isOther(chosen, child)) redirect(`${page}?note=same`);
  await carryChoice(child.personId, choice);
  redirect(`${page}/check`);
}

/** The second step: from here on it holds. Or back to the choice, with what was chosen. */
export async function decideRulesAction(form: FormData): Promise<void> {
  await ownOrigin();
  const { member, child, page, choice } = await asked(form);
  if (textOf(form, "act") === "back") await backTo(page, choice, child);
  const { rules, zone } = await chosenIn(page, choice, child);
  const clock = { to: zone, seen: choice.seenZone === "" ? null : choice.seenZone };
  try {
    await changeRules(web().world, member, { personId: child.personId, rules, clock, seen: choice.seen });
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    redirect(`${page}?note=${error.kind === "changed-meanwhile" ? "changed" : "odd"}`);
  }
  redirect(`${page}?note=saved`);
}

/** Of both forms: whose rules they are, and what was chosen. */
async function asked(form: FormData) {
  const [name, personId] = [textOf(form, "home").slice(0, 300), textOf(form, "child").slice(0, 300)];
  const found = await childIn(encodeURIComponent(name), personId);
  const page = `/home/${encodeURIComponent(name)}/rules/${encodeURIComponent(personId)}`;
  const choice = choiceIn(form);
  return choice ? { ...found, page, choice } : redirect(`${page}?note=odd`);
}

/** What a choice comes to; with a problem it leads back to the field. */
async function chosenIn(page: string, choice: RulesChoice, child: ChildOfHome["child"]) {
  const reading = readChoice(choice, child);
  return reading.ok ? reading.value : backTo(page, choice, child);
}

/** Whom they were about to take off is asked for by its button once more. */
async function backTo(page: string, choice: RulesChoice, child: ChildOfHome["child"]): Promise<never> {
  await carryChoice(child.personId, { ...choice, off: "" });
  redirect(`${page}?tried=${web().world.clock.now().getTime()}`);
}
