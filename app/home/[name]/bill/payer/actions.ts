"use server";

import { redirect } from "next/navigation";
import { limits, takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import { offerBill } from "@/lib/households/offer-bill.ts";
import { takeOfferBack } from "@/lib/households/take-offer-back.ts";
import { isEmail } from "@/lib/orders/email.ts";
import { web } from "@/lib/web.ts";
import { ownOrigin } from "../../../../_session/guard.ts";
import { textOf } from "../../../../start/_wizard/form-values.ts";
import { payerOf } from "../../../_parts/member.ts";
import { carry, typedIn } from "./typed.ts";

const homeIn = (form: FormData): string => textOf(form, "home").slice(0, 300);
const billOf = (name: string): string => `/home/${encodeURIComponent(name)}/bill`;

/** The first step: changes nothing. */
export async function choosePayerAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  await payerOf(name);
  const typed = typedIn(form);
  await carry(typed);
  const wrong = typed.personId === "" ? "person" : isEmail(typed.email) ? undefined : "email";
  redirect(`${billOf(name)}/payer${wrong ? `?error=${wrong}` : "/confirm"}`);
}

/** The second step: from here on they are asked. */
export async function offerBillAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await payerOf(name);
  const typed = typedIn(form);
  await carry(typed);
  redirect(await offered(member, name, typed));
}

async function offered(
  member: Awaited<ReturnType<typeof payerOf>>,
  name: string,
  typed: ReturnType<typeof typedIn>,
): Promise<string> {
  const { world, limiter } = web();
  try {
    await takeTry(limiter, limits.setUp, member.userId);
    await takeTry(limiter, limits.mailsToOne, typed.email.toLowerCase());
    await offerBill(world, member, typed);
    return billOf(name);
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    const why = error.kind === "too-often" ? "often" : (error.say?.key.split(".").at(-1) ?? "person");
    return `${billOf(name)}/payer?error=${why}`;
  }
}

/** Too late, the page they are led to says who pays. */
export async function takeOfferBackAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = homeIn(form);
  const member = await payerOf(name);
  try {
    await takeOfferBack(web().world, member, textOf(form, "offer"));
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    if (error.kind === "changed-meanwhile") redirect(`${billOf(name)}?error=tooLate`);
  }
  redirect(billOf(name));
}
