"use server";

import { redirect } from "next/navigation";
import { NameplateError } from "@/lib/errors.ts";
import { askForTrial } from "@/lib/households/trials/ask-for-trial.ts";
import { web } from "@/lib/web.ts";
import { ownOrigin } from "../../../../../_session/guard.ts";
import { textOf } from "../../../../../start/_wizard/form-values.ts";
import { childIn } from "../choice.ts";

/** Has a child's rules tried: the page they are led to shows how far it is. */
export async function tryRulesAction(form: FormData): Promise<void> {
  await ownOrigin();
  const [name, personId] = [textOf(form, "home").slice(0, 300), textOf(form, "child").slice(0, 300)];
  const { member, child } = await childIn(encodeURIComponent(name), personId);
  const page = `/home/${encodeURIComponent(name)}/rules/${encodeURIComponent(child.personId)}`;
  // No home for a stranger was set up: the button is shown nowhere.
  if (web().env.STRANGER_NAME === undefined) redirect(page);
  try {
    await askForTrial(web().world, member, child.personId);
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    redirect(`${page}/try?error=${error.say?.key.split(".").at(-1) ?? ""}`);
  }
  redirect(`${page}/try`);
}
