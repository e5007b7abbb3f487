"use server";

import { redirect } from "next/navigation";
import { after } from "next/server";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import { askToLeave } from "@/lib/households/ask-to-leave.ts";
import { sendSignInLink } from "@/lib/households/send-sign-in-link.ts";
import { showLeaveCode } from "@/lib/households/show-leave-code.ts";
import { stopLeave } from "@/lib/households/stop-leave.ts";
import { log } from "@/lib/log.ts";
import { web } from "@/lib/web.ts";
import { sayer } from "../../../_frame/say.ts";
import { ownOrigin, takeCallersTry } from "../../../_session/guard.ts";
import { textOf } from "../../../start/_wizard/form-values.ts";
import { mustBeSignedIn } from "../../_parts/member.ts";
import { leaverOf } from "./leaver.ts";

const homeIn = (form: FormData): string => textOf(form, "home").slice(0, 300);
const pathOf = (name: string, rest = ""): string => `/home/${encodeURIComponent(name)}/leave${rest}`;

/** The second step: from here on it is wanted, and the letters go out. */
export async function askToLeaveAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const who = await leaverOf(name);
  redirect(
    await led(
      async () => {
        await takeTry(web().limiter, limits.setUp, who.userId);
        await askToLeave(web().world, who, textOf(form, "tag").slice(0, 100));
      },
      pathOf(name),
      pathOf(name, "/ask"),
    ),
  );
}

export async function stopLeaveAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const who = await leaverOf(name);
  redirect(await led(() => stopLeave(web().world, who), pathOf(name, "?stopped=1"), pathOf(name)));
}

/** Where it leads: on, or back to a page that says why not. */
async function led(work: () => Promise<void>, on: string, back: string): Promise<string> {
  try {
    await work();
    return on;
  } catch (error) {
    if (!(error instanceof NameplateError) || error.kind === "not-found") throw error;
    return `${back}?error=${error.kind === "too-often" ? "often" : (error.say?.key.split(".").at(-1) ?? "")}`;
  }
}

/** A link to sign in, to the mailbox of whoever is signed in: the other way to prove that it is them. */
export async function proveByLinkAction(form: FormData): Promise<void> {
  await ownOrigin();
  const [name, { email }] = [homeIn(form), await mustBeSignedIn()];
  const { world, auth, limiter } = web();
  const back = pathOf(name, textOf(form, "from") === "ask" ? "/ask" : "");
  const asked = async () => {
    await takeCallersTry(limits.mailsFromOne);
    await takeTry(limiter, limits.mailsToOne, email);
    await takeTry(limiter, limits.mails, "all");
    after(() => sendSignInLink({ world, auth, log }, email));
  };
  redirect(await led(asked, `${back}?sent=1`, back));
}

/** What pressing "Show me the code" came to. */
export interface CodeState {
  readonly code?: string;
  readonly wrong?: string;
}

/** Shows the code in the answer to this one press; no page and no address has it. */
export async function showCodeAction(_before: CodeState, form: FormData): Promise<CodeState> {
  await ownOrigin();
  const who = await leaverOf(homeIn(form));
  try {
    await takeTry(web().limiter, limits.setUp, who.userId);
    return { code: await showLeaveCode(web().world, who) };
  } catch (error) {
    if (!(error instanceof NameplateError) || !error.say) throw error;
    return { wrong: (await sayer())(error.say) };
  }
}
