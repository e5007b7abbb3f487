import { getTranslations } from "next-intl/server";
import { TextButton } from "@/components/button.tsx";
import { Affix, Field, TextField } from "@/components/field.tsx";
import { rich } from "@/components/rich.tsx";
import { Ticks } from "@/components/tick.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import type { TypedPerson } from "@/lib/orders/draft.ts";
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
  const [t, frame] = [await getTranslations("people"), await getTranslations("frame")];
  const [given, part, kind, email] = ["given", "part", "kind", "email"].map((field) => `${field}-${row.key}`) as Ids;
  const nth = t("nth", { n: place });
  const called = row.given.trim() || t("someone");
  const partWrong = wrongAt(wrongs, part);
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
      <div className="halves gap-4">
        <TextField
          id={given}
          label={t("given")}
          defaultValue={row.given}
          autoComplete="off"
          wrong={wrongAt(wrongs, given)}
        />
      </div>
      <Field
        id={part}
        label={t("part")}
        wrong={partWrong}
        after={<LivePart given={given} part={part} whose="them" said={partWrong !== undefined} />}
      >
        <Affix
          id={part}
          before="@"
          after={`:${name}`}
          defaultValue={row.part}
          autoComplete="off"
          data-part
          wrong={partWrong}
        />
      </Field>
      <Ticks
        id={kind}
        name={kind}
        legend={t("kind")}
        value={row.kind}
        options={[
          { value: "adult", label: t("adult") },
          { value: "child", label: t("child") },
        ]}
        wrong={wrongAt(wrongs, kind)}
      />
      <TextField
        id={email}
        type="email"
        label={t("email")}
        optional={frame("optional")}
        hint={t("emailHint")}
        defaultValue={row.email}
        autoComplete="off"
        wrong={wrongAt(wrongs, email)}
      />
    </fieldset>
  );
}

type Ids = [given: string, part: string, kind: string, email: string];
