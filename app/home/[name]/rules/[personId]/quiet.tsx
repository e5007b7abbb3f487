import { getTranslations } from "next-intl/server";
import { Field, Input, Select } from "@/components/field.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import type { RulesChoice } from "@/lib/households/rules/read-choice.ts";
import { type Night, nights } from "@/lib/households/rules/read-nights.ts";
import { zones } from "@/lib/tenants/zones.ts";

interface QuietProps {
  readonly given: string;
  readonly choice: RulesChoice;
  readonly wrongs: readonly Wrong[];
}

/** `Europe/London` as people look for it: `London, Europe`. */
export const zoneName = (zone: string): string => zone.replaceAll("_", " ").split("/").toReversed().join(", ");

const zoneOptions = zones
  .map((zone) => ({ value: zone, label: zoneName(zone) }))
  .toSorted((a, b) => a.label.localeCompare(b.label));

/** When a child's apps rest: from when to when in nights before school and in the others, and by which clock. */
export async function Quiet({ given, choice, wrongs }: QuietProps) {
  const t = await getTranslations("family.rules");
  const wrong = wrongAt(wrongs, "zone");
  const about = { hint: t("zoneHint"), ...(wrong ? { wrong } : {}) };
  return (
    <div className="card">
      <fieldset className="stack stack--4">
        <legend className="legend">{t("quiet")}</legend>
        <p className="hint">{t("quietHint", { given })}</p>
        {nights.map((night) => (
          <NightFields key={night} night={night} choice={choice} wrongs={wrongs} />
        ))}
        <input type="hidden" name="seenZone" value={choice.seenZone} />
        <Field id="zone" label={t("zone")} {...about}>
          <Select id="zone" width="mid" value={choice.zone} empty={t("zoneEmpty")} options={zoneOptions} {...about} />
        </Field>
      </fieldset>
    </div>
  );
}

interface NightProps {
  readonly night: Night;
  readonly choice: RulesChoice;
  readonly wrongs: readonly Wrong[];
}

async function NightFields({ night, choice, wrongs }: NightProps) {
  const t = await getTranslations("family.rules");
  const { from, to } = choice.nights[night];
  const ends = [
    { id: `${night}From`, label: t("from"), typed: from },
    { id: `${night}To`, label: t("to"), typed: to },
  ];
  return (
    <fieldset className="stack stack--2">
      <legend className="label">{t(`nights.${night}`)}</legend>
      <div className="row row--fields">
        {ends.map(({ id, label, typed }) => {
          const wrong = wrongAt(wrongs, id);
          const about = wrong ? { wrong } : {};
          return (
            <Field key={id} id={id} label={label} {...about}>
              <Input id={id} type="time" width="short" defaultValue={typed} {...about} />
            </Field>
          );
        })}
      </div>
    </fieldset>
  );
}
