"use server";

import { redirect } from "next/navigation";
import { limits } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import { stopLeaveByLink } from "@/lib/households/stop-leave.ts";
import { web } from "@/lib/web.ts";
import { ownOrigin, takeCallersTry } from "../_session/guard.ts";
import { textOf } from "../start/_wizard/form-values.ts";

/** The button under "Stop it?". The page it leads back to says how it stands. */
export async function stopByLinkAction(form: FormData): Promise<void> {
  await ownOrigin();
  const token = textOf(form, "token").slice(0, 200);
  try {
    await takeCallersTry(limits.links);
    await stopLeaveByLink(web().world, token);
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
  }
  redirect(`/leave/${encodeURIComponent(token)}`);
}
