"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import { answerAsk } from "@/lib/households/asks/answer-ask.ts";
import { askAnswers } from "@/lib/households/asks/question.ts";
import { web } from "@/lib/web.ts";
import { ownOrigin } from "../../../_session/guard.ts";
import { textOf } from "../../../start/_wizard/form-values.ts";
import { parentOf } from "../../_parts/member.ts";

const shape = z.object({
  person: z.string().max(100),
  who: z.string().max(255),
  answer: z.enum(askAnswers),
  seen: z.enum(["", ...askAnswers]),
});

/** A parent's answer to a question about their child. */
export async function answerAskAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = textOf(form, "home").slice(0, 300);
  const member = await parentOf(name);
  const back = `/home/${encodeURIComponent(name)}`;
  const sent = shape.safeParse(
    Object.fromEntries(["person", "who", "answer", "seen"].map((one) => [one, textOf(form, one)])),
  );
  if (!sent.success) redirect(back);
  redirect(`${back}${await answered(member, sent.data)}`);
}

/** What the page is to say of it, beside the answer itself. */
async function answered(
  member: Awaited<ReturnType<typeof parentOf>>,
  { person, who, answer, seen }: z.infer<typeof shape>,
): Promise<string> {
  try {
    await takeTry(web().limiter, limits.setUp, member.userId);
    await answerAsk(web().world, member, { personId: person, who, answer, seen: seen === "" ? null : seen });
    return "";
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    // The child or the question has gone meanwhile: the page they are led to shows what there is.
    if (error.kind === "not-found") return "";
    return `?ask=${error.kind === "too-often" ? "often" : (error.say?.key.split(".").at(-1) ?? "")}`;
  }
}
