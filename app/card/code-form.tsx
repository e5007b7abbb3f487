"use client";

import { type ReactNode, useActionState, useEffect } from "react";
import { Actions, Button } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { asTyped, TextField } from "@/components/field.tsx";
import { type OpenedCard, openCardAction } from "./actions.ts";

interface CodeFormProps {
  readonly words: {
    readonly label: string;
    readonly hint: string;
    readonly button: string;
    readonly problem: string;
    readonly errorTitle: string;
  };
  /** The heading, which the summary of what is wrong stands above. */
  readonly children: ReactNode;
}

/** The letters of a printed card. They are sent in a form, never in an address. */
export function CodeForm({ words, children }: CodeFormProps) {
  const [opened, open] = useActionState<OpenedCard, FormData>(openCardAction, { tries: 0, typed: "" });
  const { wrong, typed, tries } = opened;
  useEffect(() => {
    if (wrong) document.title = words.errorTitle;
  }, [wrong, words.errorTitle]);
  return (
    <>
      {wrong ? <ErrorSummary key={tries} heading={words.problem} wrongs={[wrong]} /> : null}
      {children}
      <form className="stack stack--4" action={open} noValidate>
        <TextField
          key={tries}
          id="code"
          label={words.label}
          hint={words.hint}
          wrong={wrong}
          defaultValue={typed}
          width="mid"
          autoComplete="off"
          {...asTyped}
        />
        <Actions>
          <Button>{words.button}</Button>
        </Actions>
      </form>
    </>
  );
}
