"use client";

import { useActionState, useEffect, useState } from "react";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { describedBy, Field } from "@/components/field.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { type SavedHouse, saveHouseAction } from "../actions.ts";

interface HouseFormProps {
  readonly name: string;
  /** The version that the text began with; 0 for none. */
  readonly seen: number;
  readonly text: string;
  /** Characters that house terms may have. */
  readonly most: number;
  readonly words: Readonly<
    Record<"heading" | "label" | "hint" | "left" | "asks" | "button" | "back" | "problem" | "errorTitle", string>
  >;
}

/** Paragraphs of a family's own. Whatever is wrong with them, they come back as they were typed. */
export function HouseForm({ name, seen, text, most, words }: HouseFormProps) {
  const [saved, save, saving] = useActionState<SavedHouse, FormData>(saveHouseAction, { tries: 0, text });
  const [length, setLength] = useState(text.length);
  const { wrong, tries } = saved;
  useEffect(() => {
    if (wrong) document.title = words.errorTitle;
  }, [wrong, words.errorTitle]);
  const about = { hint: words.hint, ...(wrong ? { wrong } : {}) };
  return (
    <>
      {wrong ? <ErrorSummary key={tries} heading={words.problem} wrongs={[wrong]} /> : null}
      <PageHeading quiet={wrong !== undefined}>{words.heading}</PageHeading>
      <form className="stack stack--4" action={save} noValidate>
        <input type="hidden" name="home" value={name} />
        <input type="hidden" name="seen" value={seen} />
        <Field id="text" label={words.label} {...about}>
          <textarea
            key={tries}
            className="input"
            id="text"
            name="text"
            rows={18}
            defaultValue={saved.text}
            onChange={(event) => setLength(event.target.value.length)}
            aria-invalid={wrong ? true : undefined}
            aria-describedby={describedBy("text", words.hint, wrong)}
          />
        </Field>
        <p className="small muted">{words.left.replace("{n}", String(length)).replace("{most}", String(most))}</p>
        <p>{words.asks}</p>
        <Actions>
          <Button disabled={saving}>{words.button}</Button>
          <ButtonLink href={`/home/${encodeURIComponent(name)}/house`} kind="quiet">
            {words.back}
          </ButtonLink>
        </Actions>
      </form>
    </>
  );
}
