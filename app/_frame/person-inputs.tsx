import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Affix, Field, TextField } from "@/components/field.tsx";
import { Ticks } from "@/components/tick.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import type { TypedPerson } from "@/lib/orders/draft.ts";
import { ChildInputs } from "./child-inputs.tsx";

interface PersonInputsProps {
  readonly row: TypedPerson;
  readonly name: string;
  readonly wrongs: readonly Wrong[];
  /** Under the part of the address. */
  readonly live?: ReactNode;
}

/** What is asked of somebody who will live there. The fields are named by the line's key. */
export async function PersonInputs({ row, name, wrongs, live }: PersonInputsProps) {
  const [t, frame] = [await getTranslations("people"), await getTranslations("frame")];
  const { given, part, kind, age, email } = personIds(row);
  const partWrong = wrongAt(wrongs, part);
  return (
    <div className="stack stack--4 person-inputs">
      <div className="halves gap-4">
        <TextField
          id={given}
          label={t("given")}
          defaultValue={row.given}
          autoComplete="off"
          wrong={wrongAt(wrongs, given)}
        />
      </div>
      <Field id={part} label={t("part")} wrong={partWrong} after={live}>
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
      <ChildInputs row={row} ids={personIds(row)} wrong={wrongAt(wrongs, age)} />
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
    </div>
  );
}

/** How the fields of a line are called. */
export const personIds = ({ key }: Pick<TypedPerson, "key">) => ({
  given: `given-${key}`,
  part: `part-${key}`,
  kind: `kind-${key}`,
  email: `email-${key}`,
  age: `age-${key}`,
});
