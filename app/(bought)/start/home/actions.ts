"use server";

import { redirect } from "next/navigation";
import { NameplateError } from "@/lib/errors.ts";
import { renewCard } from "@/lib/households/renew-card.ts";
import { web } from "@/lib/web.ts";
import { findWatcher } from "../../../_frame/find-watcher.ts";
import { saving, tooOften } from "../../../_frame/limits.ts";
import { textOf } from "../../../start/_wizard/form-values.ts";

/** Makes a new card for somebody of this browser's own home; back to where the button was. */
export async function newCardAction(form: FormData): Promise<void> {
  const [who, personId] = [await findWatcher(), textOf(form, "person")];
  if (who && (await tooOften(saving)) === undefined) await renew(who, personId, textOf(form, "card"));
  redirect(textOf(form, "from") === "print" ? `/start/home/print/${encodeURIComponent(personId)}` : "/start/home");
}

async function renew(who: Parameters<typeof renewCard>[1], personId: string, insteadOf: string): Promise<void> {
  try {
    await renewCard(web().world, who, { personId, insteadOf });
  } catch (error) {
    // A home or a person that is not theirs: the page they are led to says so.
    if (!(error instanceof NameplateError)) throw error;
  }
}
