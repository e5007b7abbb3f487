import { getTranslations } from "next-intl/server";
import { Field, Select } from "@/components/field.tsx";
import { Tick, Ticks } from "@/components/tick.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import type { RulesChoice } from "@/lib/households/rules/read-choice.ts";
import { uploadSizes } from "@/lib/households/rules/read-uploads.ts";
import { Quiet } from "./quiet.tsx";

interface MoreRulesProps {
  readonly given: string;
  readonly choice: RulesChoice;
  readonly wrongs: readonly Wrong[];
}

/** What happens when a stranger writes, when the child's apps rest, and what else a parent may choose. */
export async function MoreRules({ given, choice, wrongs }: MoreRulesProps) {
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
      <Quiet given={given} choice={choice} wrongs={wrongs} />
      <fieldset className="card stack stack--3">
        <legend className="hidden">{t("more")}</legend>
        <Tick id="create" name="create" value="yes" checked={choice.create}>
          {t("create", { given })}
        </Tick>
        <Tick id="found" name="found" value="yes" checked={choice.found}>
          {t("found", { given })}
        </Tick>
        <Tick id="closed" name="closed" value="yes" checked={choice.closed}>
          {t("closed", { given })}
        </Tick>
        <Tick id="paused" name="paused" value="yes" checked={choice.paused}>
          {t("pause", { given })}
        </Tick>
        <Uploads given={given} typed={choice.uploads} wrong={wrongAt(wrongs, "uploads")} />
      </fieldset>
    </>
  );
}

async function Uploads({ given, typed, wrong }: { given: string; typed: string; wrong: Wrong | undefined }) {
  const t = await getTranslations("family.rules");
  // A size that was said otherwise than here stays one of them.
  const other = /^\d+$/.test(typed) && !uploadSizes.some((size) => `${size}` === typed) ? [Number(typed)] : [];
  const options = [...uploadSizes, ...other]
    .toSorted((a, b) => a - b)
    .map((megabytes) => ({ value: `${megabytes}`, label: t("say.files", { megabytes }) }));
  const about = wrong ? { wrong } : {};
  return (
    <Field id="uploads" label={t("uploads", { given })} {...about}>
      <Select id="uploads" width="mid" value={typed} empty={t("say.anyFile")} options={options} {...about} />
    </Field>
  );
}
