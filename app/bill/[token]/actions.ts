"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { NameplateError, Refused, Unreachable } from "@/lib/errors.ts";
import { takeBill } from "@/lib/households/take-bill.ts";
import { log } from "@/lib/log.ts";
import { web } from "@/lib/web.ts";
import { addressOf } from "../../_frame/caller.ts";
import { paying, tooOften } from "../../_frame/limits.ts";
import { textOf } from "../../start/_wizard/form-values.ts";
import { offerOf } from "./offer.ts";
import { agreeWords } from "./words.ts";

/** Leads to the payment vendor's page for the card. The secret of the link is the authorisation. */
export async function takeBillAction(form: FormData): Promise<void> {
  const token = textOf(form, "token").slice(0, 100);
  const path = `/bill/${encodeURIComponent(token)}`;
  if ((await tooOften(paying)) !== undefined) redirect(`${path}?error=often`);
  redirect(await goToCard(token, form, path));
}

async function goToCard(token: string, form: FormData, path: string): Promise<string> {
  const sight = await offerOf(token);
  const t = await getTranslations("payBill");
  const { world, desk, env } = web();
  try {
    return await takeBill(
      { ...world, desk },
      {
        ...{ token, agreed: textOf(form, "agree") === "yes", seen: textOf(form, "seen") },
        text: await agreeWords(sight),
        from: addressOf(await headers()) ?? null,
        words: t("cardPage", { name: sight.name }),
        backUrl: `${env.WEB_URL}${path}`,
      },
    );
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Refused) {
      log.error({ err: error, vendor: error.vendor }, "Nobody can be sent to the page for a card");
      return `${path}?error=away`;
    }
    if (!(error instanceof NameplateError)) throw error;
    return `${path}?error=${error.kind === "bad-input" ? "agree" : "changed"}`;
  }
}
