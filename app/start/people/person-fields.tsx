import { getTranslations } from "next-intl/server";
import { TextButton } from "@/components/button.tsx";
import { rich } from "@/components/rich.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import type { TypedPerson } from "@/lib/orders/draft.ts";
import { PersonInputs, personIds } from "../../_frame/person-inputs.tsx";
import { LiveGiven } from "../_live/live-given.tsx";
import { LivePart } from "../_live/live-part.tsx";

interface PersonFieldsProps {
  readonly row: TypedPerson;
  /** Place in the home: the buyer is the first. */
  readonly place: number;
  readonly name: string;
  readonly wrongs: readonly Wrong[];
}

/** One person on screen 3. Its fields are named by the line's key, so that lines can come and go. */
export async function PersonFields({ row, place, name, wrongs }: PersonFieldsProps) {
  const t = await getTranslations("people");
  const { given, part } = personIds(row);
  const nth = t("nth", { n: place });
  const called = row.given.trim() || t("someone");
  const said = wrongAt(wrongs, part) !== undefined;
  return (
    <fieldset className="card stack stack--4">
      <legend className="hidden">{nth}</legend>
      <input type="hidden" name="key" value={row.key} />
      <div className="row row--between">
        <h2>
          <LiveGiven input={given} given={row.given} otherwise={nth} />
        </h2>
        <TextButton small name="act" value={`out:${row.key}`}>
          {t.rich("takeOut", { ...rich, given: called })}
        </TextButton>
      </div>
      <PersonInputs
        row={row}
        name={name}
        wrongs={wrongs}
        live={<LivePart given={given} part={part} whose="them" said={said} />}
      />
    </fieldset>
  );
}
