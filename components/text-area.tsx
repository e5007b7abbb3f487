import type { ReactNode } from "react";
import { describedBy, Field } from "./field.tsx";
import type { Wrong } from "./wrong.ts";

interface TextAreaFieldProps {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly optional?: string;
  readonly wrong?: Wrong;
  readonly maxLength: number;
  readonly defaultValue?: string;
}

/** A field for a few sentences. */
export function TextAreaField({ id, label, hint, optional, wrong, ...rest }: TextAreaFieldProps) {
  return (
    <Field id={id} label={label} hint={hint} optional={optional} wrong={wrong}>
      <textarea
        {...rest}
        className="input"
        // Enough to see that sentences are welcome; it can be drawn larger.
        rows={5}
        id={id}
        name={id}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={describedBy(id, hint, wrong)}
      />
    </Field>
  );
}
