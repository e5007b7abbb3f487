"use server";

import { redirect } from "next/navigation";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import { inviteParent } from "@/lib/households/parents/invite-parent.ts";
import { leaveParents } from "@/lib/households/parents/leave-parents.ts";
import { readInvite } from "@/lib/households/parents/read-invite.ts";
import { takeInviteBack } from "@/lib/households/parents/take-invite-back.ts";
import { web } from "@/lib/web.ts";
import { ownOrigin } from "../../../_session/guard.ts";
import { textOf } from "../../../start/_wizard/form-values.ts";
import { type OfHome, parentOf } from "../../_parts/member.ts";
import { carry, typedIn } from "./typed.ts";

const homeIn = (form: FormData): string => textOf(form, "home").slice(0, 300);
const homeAt = (name: string): string => `/home/${encodeURIComponent(name)}`;

/** Asks somebody to look after the children as well: a letter goes to them. */
export async function inviteParentAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await parentOf(name);
  redirect(`${homeAt(name)}/parents${await invited(member, name, form)}`);
}

/** What the page is to say; with what was typed, where something is wrong with it. */
async function invited(member: OfHome, name: string, form: FormData): Promise<string> {
  const { world, limiter } = web();
  const typed = typedIn(form);
  const reading = readInvite(typed, { name });
  if (reading.ok) {
    try {
      await takeTry(limiter, limits.setUp, member.userId);
      await takeTry(limiter, limits.mailsToOne, reading.value.email);
      await inviteParent(world, member, reading.value);
      return "";
    } catch (error) {
      if (!(error instanceof NameplateError)) throw error;
      await carry(typed);
      return `?error=${error.kind === "too-often" ? "often" : (error.say?.key.split(".").at(-1) ?? "open")}`;
    }
  }
  await carry(typed);
  return `?tried=${world.clock.now().getTime()}`;
}

/** Too late, the page says who looks after the children. */
export async function takeInviteBackAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await parentOf(name);
  try {
    await takeInviteBack(web().world, member, textOf(form, "invite").slice(0, 100));
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    if (error.kind === "changed-meanwhile") redirect(`${homeAt(name)}/parents?error=tooLate`);
  }
  redirect(`${homeAt(name)}/parents`);
}

/** They decide about the children no more. Whoever runs the home keeps its page; anybody else is led to what is still theirs. */
export async function leaveParentsAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await parentOf(name);
  try {
    await leaveParents(web().world, member);
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    // The other one left a moment ago: the page says that they are the last.
    if (error.kind === "changed-meanwhile") redirect(`${homeAt(name)}/parents/leave`);
  }
  redirect(member.runs ? homeAt(name) : "/home?left=1");
}
