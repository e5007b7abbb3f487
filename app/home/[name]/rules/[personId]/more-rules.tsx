import { getTranslations } from "next-intl/server";
import { Tick, Ticks } from "@/components/tick.tsx";
import type { RulesChoice } from "@/lib/households/rules/read-choice.ts";

/** What happens when a stranger writes, and what else a parent may choose. */
export async function MoreRules({ given, choice }: { given: string; choice: RulesChoice }) {
  const t = await getTranslations("family.rules");
  const strangers = (["ask", "refuse", "allow"] as const).map((value) => ({
    value,
    label: t(`strangers.${value}`, { given }),
  }));
  return (
    <>
      <div className="card">
        <Ticks
          id="stranger"
          name="stranger"
          legend={t("stranger", { given })}
          value={choice.stranger}
          options={strangers}
          lines
        />
      </div>
      <fieldset className="card stack stack--3">
        <legend className="hidden">{t("more")}</legend>
        <Tick id="create" name="create" value="yes" checked={choice.create}>
          {t("create", { given })}
        </Tick>
        <Tick id="found" name="found" value="yes" checked={choice.found}>
          {t("found", { given })}
        </Tick>
        <Tick id="paused" name="paused" value="yes" checked={choice.paused}>
          {t("pause", { given })}
        </Tick>
      </fieldset>
    </>
  );
}
