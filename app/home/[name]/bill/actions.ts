"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { endWishes } from "@/lib/billing/newest-wish.ts";
import { NameplateError, Refused, Unreachable } from "@/lib/errors.ts";
import { answerNameYear, yearAnswer } from "@/lib/households/answer-name-year.ts";
import { changeBill } from "@/lib/households/change-bill.ts";
import { openCardPage } from "@/lib/households/open-card-page.ts";
import { keepHome } from "@/lib/households/withdraw.ts";
import { log } from "@/lib/log.ts";
import { web } from "@/lib/web.ts";
import { ownOrigin } from "../../../_session/guard.ts";
import { textOf } from "../../../start/_wizard/form-values.ts";
import { memberOf, payerOf } from "../../_parts/member.ts";

const homeIn = (form: FormData): string => textOf(form, "home").slice(0, 300);
const billOf = (name: string): string => `/home/${encodeURIComponent(name)}/bill`;

/** Leads to the payment vendor's page, where another card is given. */
export async function cardAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await payerOf(name);
  const { world, desk, env, limiter } = web();
  await takeTry(limiter, limits.setUp, member.userId);
  redirect(await openCardPage({ ...world, desk }, member, `${env.WEB_URL}${billOf(name)}`).catch(away(name)));
}

/** Stops the bill at the end of what is paid or at once, or lets it go on. */
export async function endAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await payerOf(name);
  const t = await getTranslations("family.billPage");
  const wish = z.enum(endWishes).parse(textOf(form, "end"));
  try {
    await changeBill(web().world, member, { wish, restLabel: t("restLabel", { name }) });
  } catch (error) {
    // It ended meanwhile: the page they are led to says so.
    if (!(error instanceof NameplateError) || error.kind !== "changed-meanwhile") throw error;
  }
  redirect(billOf(name));
}

/** Says yes or no to a year of the name that costs much more. Too late, the page they are led to says what counts. */
export async function yearAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await payerOf(name);
  const answer = yearAnswer.safeParse({ year: textOf(form, "year"), answer: textOf(form, "answer") });
  try {
    if (answer.success) await answerNameYear(web().world, member, answer.data);
  } catch (error) {
    if (!(error instanceof NameplateError) || error.kind !== "changed-meanwhile") throw error;
  }
  redirect(billOf(name));
}

/** Thinks better of a withdrawal. Too late, the page they are led to says how it stands. */
export async function keepHomeAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  await keepHome(web().world, await memberOf(name));
  redirect(billOf(name));
}

/** The payment vendor does not answer: the bill's page says so, and nothing was changed. */
const away =
  (name: string) =>
  (error: unknown): string => {
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
    log.warn({ err: error }, "The payment vendor gave no page for a card");
    return `${billOf(name)}?error=away`;
  };
