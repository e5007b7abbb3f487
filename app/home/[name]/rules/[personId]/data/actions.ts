"use server";

import { redirect } from "next/navigation";
import { NameplateError } from "@/lib/errors.ts";
import { askToErase, keepData } from "@/lib/households/data/ask-to-erase.ts";
import { web } from "@/lib/web.ts";
import { ownOrigin } from "../../../../../_session/guard.ts";
import { textOf } from "../../../../../start/_wizard/form-values.ts";
import { insiderOf } from "../../../../_parts/member.ts";

/** Asks that a child, or somebody who is taken out, is erased, or takes that back. Both verbs ask who it is. */
export async function eraseAction(form: FormData): Promise<void> {
  await ownOrigin();
  const [home, personId] = [textOf(form, "home").slice(0, 300), textOf(form, "person").slice(0, 300)];
  const name = encodeURIComponent(home);
  const member = await insiderOf(name);
  const verb = textOf(form, "act") === "keep" ? keepData : askToErase;
  try {
    await verb(web().world, member, personId);
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    redirect(`/home/${name}`);
  }
  redirect(
    textOf(form, "from") === "family" ? `/home/${name}` : `/home/${name}/rules/${encodeURIComponent(personId)}/data`,
  );
}
