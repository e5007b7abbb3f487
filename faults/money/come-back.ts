import { NameplateError, Refused } from "@/lib/errors.ts";
import { describeReturn } from "@/lib/households/describe-return.ts";
import { startReturn } from "@/lib/households/start-return.ts";
import type { Family } from "./family.ts";
import { goOn } from "./go-on.ts";
import { payerOf } from "./payer.ts";
import type { MoneyStage } from "./stage.ts";
import { wish } from "./wishes.ts";

const [hour, day] = [3600, 86_400];
const cards = ["4242424242424242", "5555555555554444"] as const;

/** Opens its home again, by either period, on the vendor's page. Whose bill runs, or is not paid, is told so. */
export async function comeBack(stage: MoneyStage, family: Family): Promise<void> {
  const { web, dice, book } = stage;
  const who = await payerOf(stage.world, await family.order());
  if (!who) return;
  const { offer } = await describeReturn(web, who, dice.pick(["", "month", "year"] as const) || undefined, book);
  if (!offer) return;
  const input = {
    ...{ period: offer.quote.period, seen: offer.seen, consent: true, consentText: "Begin now" },
    label: async (what: "home" | "name") => (what === "home" ? "Your home on Matrix" : `The name ${family.name}`),
    urls: { success: "https://nameplate.test/home", cancel: "https://nameplate.test/home" },
  };
  const pages: string[] = [];
  for (let presses = dice.between(1, 2); presses > 0; presses--) {
    const opened = await startReturn(web, who, input, book).catch((error: unknown) => {
      // The vendor takes no sum below its least charge: the page says that it gave no payment page.
      if (!(error instanceof NameplateError || error instanceof Refused)) throw error;
    });
    if (opened) pages.push(opened.url);
  }
  // The page of an earlier press is closed, and says so.
  for (const page of pages) if (page.includes("/c/pay/")) await family.payAt(page, dice.pick(cards));
  await goOn(stage, dice.between(0, 2) * hour);
}

/** Closes its home, and comes back after its last bill: hours, or months later. */
export async function goAndComeBack(stage: MoneyStage, family: Family): Promise<void> {
  await wish(stage, family, "stop-now");
  await goOn(stage, hour);
  await goOn(stage, stage.dice.happens(50) ? 2 * hour : stage.dice.between(1, 400) * day);
  await comeBack(stage, family);
}
