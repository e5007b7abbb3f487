import { getTranslations } from "next-intl/server";
import { TextButton } from "@/components/button.tsx";
import { asksMoney, prices } from "@/lib/billing/prices.ts";
import { locale } from "@/messages/request.ts";
import { chooseTermsAction } from "./terms-action.ts";

const names = new Intl.DisplayNames(locale, { type: "currency" });

/** Which currency the prices are in, and the others. Nothing where there is no choice. */
export async function CurrencyChoice({ now, at, seen }: { now: string; at: "prices" | "pay"; seen?: string }) {
  const t = await getTranslations("currency");
  const others = Object.keys(prices().currencies).filter((code) => code !== now);
  if (others.length === 0 || !asksMoney()) return null;
  return (
    <form action={chooseTermsAction} className="stack stack--1 small muted">
      <input type="hidden" name="at" value={at} />
      {seen ? <input type="hidden" name="seen" value={seen} /> : null}
      <p>{t("now", { name: names.of(now) ?? now })}</p>
      <div className="actions">
        {others.map((code) => (
          <TextButton key={code} small name="currency" value={code}>
            {names.of(code) ?? code}
          </TextButton>
        ))}
      </div>
    </form>
  );
}
