import { getTranslations } from "next-intl/server";
import { Field, Select, TextField } from "@/components/field.tsx";
import { Ticks } from "@/components/tick.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import type { ExtraQuestion } from "@/lib/orders/deed/questions.ts";
import { extraInput } from "@/lib/orders/deed/read-deed.ts";
import { sayer } from "../../_frame/say.ts";

interface ExtraQuestionsProps {
  readonly ending: string;
  readonly questions: readonly ExtraQuestion[];
  readonly values: Readonly<Record<string, string>>;
  readonly wrongs: readonly Wrong[];
}

/** More answers than this are a list to open, not dots in a row. */
const mostDots = 4;

/** What an ending asks beyond the contact: in our words where the catalogue has some, else in the registry's own. */
export async function ExtraQuestions({ ending, questions, values, wrongs }: ExtraQuestionsProps) {
  const [deed, frame, say] = [await getTranslations("deed"), await getTranslations("frame"), await sayer()];
  const ours = (key: string, theirs: string) => (say.has(key) ? say({ key }) : theirs);
  return questions.map(({ property, title, required, choices, description }) => {
    const id = extraInput(property);
    const [value, wrong] = [values[id] ?? "", wrongAt(wrongs, id)];
    const label = ours(`deed.extra.${ending}.${property}.question`, title);
    const options = choices?.map((choice) => ({
      value: choice.value,
      label: ours(`deed.extra.${ending}.${property}.${choice.value}`, choice.title),
    }));
    if (options && options.length <= mostDots) {
      return (
        <Ticks
          key={id}
          id={id}
          name={id}
          legend={label}
          hint={description}
          value={value}
          options={options}
          wrong={wrong}
        />
      );
    }
    const optional = required ? undefined : frame("optional");
    if (!options) {
      return (
        <TextField
          key={id}
          id={id}
          label={label}
          optional={optional}
          hint={description}
          width="mid"
          defaultValue={value}
          wrong={wrong}
        />
      );
    }
    return (
      <Field key={id} id={id} label={label} optional={optional} hint={description} wrong={wrong}>
        <Select id={id} value={value} empty={deed("choose")} options={options} hint={description} wrong={wrong} />
      </Field>
    );
  });
}
