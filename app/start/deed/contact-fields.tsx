import { getTranslations } from "next-intl/server";
import { asTyped, Field, Select, TextField } from "@/components/field.tsx";
import { More } from "@/components/more.tsx";
import { Stack } from "@/components/stack.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import type { ContactField, Questions } from "@/lib/orders/deed/questions.ts";

interface ContactFieldsProps {
  readonly values: Readonly<Record<string, string>>;
  readonly wrongs: readonly Wrong[];
  readonly questions: Questions;
  readonly countries: readonly { readonly value: string; readonly label: string }[];
}

/** The owner on record: what every registry asks. */
export async function ContactFields({ values, wrongs, questions, countries }: ContactFieldsProps) {
  const [t, frame] = [await getTranslations("deed"), await getTranslations("frame")];
  const field = (id: ContactField) => ({
    id,
    label: t(`fields.${id}`),
    defaultValue: values[id] ?? "",
    wrong: wrongAt(wrongs, id),
  });
  const organisation = field("organisation");
  return (
    <>
      <TextField {...field("fullName")} autoComplete="name" />
      <TextField {...field("email")} type="email" hint={t("fields.emailHint")} autoComplete="email" {...asTyped} />
      <TextField {...field("phone")} type="tel" hint={t("fields.phoneHint")} width="mid" autoComplete="tel" />
      <fieldset className="stack stack--4">
        <legend className="legend">{t("address")}</legend>
        <Field id="country" label={t("fields.country")} wrong={wrongAt(wrongs, "country")}>
          <Select
            id="country"
            value={values["country"] ?? ""}
            empty={t("choose")}
            options={countries}
            width="mid"
            autoComplete="country"
            wrong={wrongAt(wrongs, "country")}
          />
        </Field>
        <TextField {...field("street")} autoComplete="street-address" />
        <div className="halves gap-4">
          <TextField {...field("city")} autoComplete="address-level2" />
          <TextField {...field("state")} autoComplete="address-level1" />
        </div>
        <TextField {...field("postalCode")} width="short" autoComplete="postal-code" />
      </fieldset>
      {questions.insists.organisation ? (
        <TextField {...organisation} autoComplete="organization" />
      ) : (
        <More
          summary={t("organisationOpen")}
          open={organisation.defaultValue !== "" || organisation.wrong !== undefined}
        >
          <Stack>
            <TextField {...organisation} optional={frame("optional")} autoComplete="organization" />
          </Stack>
        </More>
      )}
    </>
  );
}
