"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { NameplateError, Refused, Unreachable } from "@/lib/errors.ts";
import { startReturn } from "@/lib/households/start-return.ts";
import { log } from "@/lib/log.ts";
import { web } from "@/lib/web.ts";
import { homeLabel } from "../../../../_frame/bill-lines.ts";
import { addressOf } from "../../../../_frame/caller.ts";
import { payingOrder, tooOften } from "../../../../_frame/limits.ts";
import { ownOrigin } from "../../../../_session/guard.ts";
import { textOf } from "../../../../start/_wizard/form-values.ts";
import { payerOf } from "../../../_parts/member.ts";

/** The button that takes money of a family that comes back: leads to the payment page, or back to what stands in the way. */
export async function returnAction(form: FormData): Promise<void> {
  await ownOrigin();
  const name = textOf(form, "home").slice(0, 300);
  const member = await payerOf(name);
  const page = `/home/${encodeURIComponent(name)}/bill/return`;
  const by = textOf(form, "period") === "year" ? "year" : "month";
  const at = (note: string) => `${page}?by=${by}&note=${note}`;
  if ((await tooOften(payingOrder, member.tenantId)) !== undefined) redirect(at("often"));
  redirect(await goToCheckout(form, member, { name, page, by, at }));
}

interface Way {
  readonly name: string;
  readonly page: string;
  readonly by: "month" | "year";
  at(note: string): string;
}

async function goToCheckout(
  form: FormData,
  member: Awaited<ReturnType<typeof payerOf>>,
  { name, page, by, at }: Way,
): Promise<string> {
  const { world, desk, env } = web();
  const [bill, pay] = [await getTranslations("bill"), await getTranslations("pay")];
  try {
    const { url } = await startReturn({ ...world, desk }, member, {
      period: by,
      seen: textOf(form, "seen"),
      consent: textOf(form, "consent") === "yes",
      consentText: pay("consent"),
      consentFrom: addressOf(await headers()),
      label: async (what, { quote }, heads) => (what === "home" ? homeLabel(quote, heads) : bill("name", { name })),
      urls: { success: `${env.WEB_URL}${page}?paid=1`, cancel: `${env.WEB_URL}${at("unpaid")}` },
    });
    return url;
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Refused) {
      log.error({ err: error, vendor: error.vendor }, "Nobody can be sent to the payment page");
      return at("vendor");
    }
    return at(noteOf(error));
  }
}

/** What the page is to say; what has its own place there (a bill that runs, a payment that came) it says by itself. */
function noteOf(error: unknown): string {
  if (!(error instanceof NameplateError)) throw error;
  switch (error.say?.key) {
    case "pay.tickFirst":
      // Another try: the summary of what is wrong takes the focus again.
      return `tick&tried=${web().world.clock.now().getTime()}`;
    case "pay.alreadyPaid":
      return "paid";
    case "family.return.errors.price":
      return "price";
    default:
      if (error.kind === "changed-meanwhile") return "newer";
      throw error;
  }
}
