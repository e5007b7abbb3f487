"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import { noteStatement } from "@/lib/households/note-statement.ts";
import { withdraw } from "@/lib/households/withdraw.ts";
import { normaliseName } from "@/lib/names/normalise-name.ts";
import { web } from "@/lib/web.ts";
import { ownOrigin, takeCallersTry } from "../_session/guard.ts";
import { carry, type Typed, typedIn, wrongIn } from "./typed.ts";
import { ownHome } from "./whose.ts";

/** The first step: changes nothing, and looks nothing up. */
export async function askToWithdrawAction(form: FormData): Promise<void> {
  await ownOrigin();
  const typed = typedIn(form);
  await carry(typed);
  const wrong = wrongIn(typed);
  redirect(wrong ? `/withdraw?error=${wrong.error}` : "/withdraw/confirm");
}

/** The second step: from here on it is said. */
export async function confirmWithdrawalAction(form: FormData): Promise<void> {
  await ownOrigin();
  const typed = typedIn(form);
  await carry(typed);
  const wrong = wrongIn(typed);
  if (wrong) redirect(`/withdraw?error=${wrong.error}`);
  redirect((await asPayer(typed)) ?? (await asAnybody(typed)));
}

const restLabel = async (name: string): Promise<string> =>
  (await getTranslations("withdraw"))("restLabel", { name: normaliseName(name) });

/** Where whoever pays goes on; undefined when nobody who does is signed in. */
async function asPayer({ name }: Typed): Promise<string | undefined> {
  const member = await ownHome(name);
  if (!member) return undefined;
  try {
    await withdraw(web().world, member, await restLabel(name));
  } catch (error) {
    if (!(error instanceof NameplateError) || error.kind !== "changed-meanwhile") throw error;
    // The page says that the time is over.
    return "/withdraw/confirm";
  }
  return `/home/${encodeURIComponent(normaliseName(name))}/bill`;
}

/** The same road and the same answer, whether there is such a home or not. */
async function asAnybody(typed: Typed): Promise<string> {
  const { world, limiter } = web();
  try {
    await takeCallersTry(limits.mailsFromOne);
    await takeTry(limiter, limits.mailsToOne, typed.email.toLowerCase());
    await takeTry(limiter, limits.mails, "all");
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "too-often") return "/withdraw?error=tooMany";
    throw error;
  }
  const at = await noteStatement(world, { ...typed, restLabel: await restLabel(typed.name) });
  return `/withdraw?said=${at.getTime()}`;
}
