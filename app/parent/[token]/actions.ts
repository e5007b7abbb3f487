"use server";

import { redirect } from "next/navigation";
import { after } from "next/server";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import { joinParents } from "@/lib/households/parents/join-parents.ts";
import { lookAtInvite } from "@/lib/households/parents/look-at-invite.ts";
import { sendSignInLink } from "@/lib/households/send-sign-in-link.ts";
import { log } from "@/lib/log.ts";
import { web } from "@/lib/web.ts";
import { carryTyped } from "../../_frame/flash.ts";
import { ownOrigin, takeCallersTry } from "../../_session/guard.ts";
import { visitor } from "../../_session/visitor.ts";
import { textOf } from "../../start/_wizard/form-values.ts";

const tokenIn = (form: FormData): string => textOf(form, "token").slice(0, 100);
const pageOf = (token: string): string => `/parent/${encodeURIComponent(token)}`;

/** Sends a sign-in link to the mailbox that was asked: to no other, whoever has the letter. */
export async function signInForInviteAction(form: FormData): Promise<void> {
  await ownOrigin();
  const token = tokenIn(form);
  const { world, auth, limiter } = web();
  const sight = await lookAtInvite(world, token);
  if (sight?.state !== "works") redirect(pageOf(token));
  try {
    await takeCallersTry(limits.mailsFromOne);
    await takeTry(limiter, limits.mailsToOne, sight.email);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "too-often") redirect(`${pageOf(token)}?error=often`);
    throw error;
  }
  await carryTyped(sight.email, "/sign-in");
  after(() => sendSignInLink({ world, auth, log }, sight.email));
  redirect("/sign-in?to=home&sent=1");
}

/** Yes: from here on they look after the children too. */
export async function joinParentsAction(form: FormData): Promise<void> {
  await ownOrigin();
  const [token, who] = [tokenIn(form), await visitor()];
  if (!who) redirect(pageOf(token));
  redirect(await joined(who, token));
}

async function joined(who: NonNullable<Awaited<ReturnType<typeof visitor>>>, token: string): Promise<string> {
  try {
    await takeCallersTry(limits.links);
    return `/home/${encodeURIComponent(await joinParents(web().world, who, token))}`;
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    if (error.kind === "not-found") return pageOf(token);
    return `${pageOf(token)}?error=${error.kind === "too-often" ? "often" : (error.say?.key.split(".").at(-1) ?? "over")}`;
  }
}
