import type { InputHTMLAttributes, ReactNode } from "react";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { Wrong } from "./wrong.ts";

/** The error of one field, under its hint. */
export function FieldError({ wrong }: { wrong: Wrong }) {
  return (
    <p className="error" id={`${wrong.at}-error`}>
      <Icon name="triangle-alert" />
      <span>
        <span className="hidden">{wrong.before}</span>
        {wrong.text}
      </span>
    </p>
  );
}

/** What `aria-describedby` of an input names: its hint and its error, where they are. */
export const describedBy = (id: string, hint: unknown, wrong: Wrong | undefined): string | undefined =>
  [hint ? `${id}-hint` : "", wrong ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;

interface FieldProps {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** The catalogue's "(optional)", where an answer may be left out. */
  readonly optional?: string;
  readonly wrong?: Wrong;
  /** Under the input: a live sentence about it. */
  readonly after?: ReactNode;
  readonly children: ReactNode;
}

/** One answer: label above, hint under the label, error under the hint. Never a placeholder. */
export function Field({ id, label, hint, optional, wrong, after, children }: FieldProps) {
  return (
    <div className={cx("field", wrong && "field--wrong")}>
      <label htmlFor={id}>
        {label} {optional ? <span className="muted">{optional}</span> : null}
      </label>
      {hint ? (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {wrong ? <FieldError wrong={wrong} /> : null}
      {children}
      {after}
    </div>
  );
}

type Width = "short" | "mid" | "full";
type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, "width"> & {
  readonly id: string;
  /** Hints at the length of the answer. */
  readonly width?: Width;
  /** The serif of names and addresses. */
  readonly engraved?: boolean;
  readonly hint?: ReactNode;
  readonly wrong?: Wrong;
};

/** Where an address or a name is typed, no keyboard may correct it. */
export const asTyped = { autoCapitalize: "none", spellCheck: false, autoCorrect: "off" } as const;

export function Input({ id, name = id, width = "full", engraved, hint, wrong, ...rest }: InputProps) {
  return (
    <input
      type="text"
      {...rest}
      className={cx("input", engraved && "input--name", width !== "full" && `input--${width}`)}
      id={id}
      name={name}
      aria-invalid={wrong ? true : undefined}
      aria-describedby={describedBy(id, hint, wrong)}
    />
  );
}

/** A field with one line of text in it: the usual case. */
export function TextField({ label, optional, after, ...input }: Omit<FieldProps, "children"> & InputProps) {
  const { id, hint, wrong } = input;
  return (
    <Field id={id} label={label} hint={hint} optional={optional} wrong={wrong} after={after}>
      <Input {...input} />
    </Field>
  );
}

/** An input between the fixed parts of an address. */
export function Affix({ before, after, className, ...input }: InputProps & { before: string; after: string }) {
  const { id, name = id, hint, wrong, engraved: _engraved, width: _width, ...rest } = input;
  return (
    <div className={cx("affix", className)}>
      <span aria-hidden="true">{before}</span>
      <input
        {...rest}
        {...asTyped}
        type="text"
        className="input"
        id={id}
        name={name}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={describedBy(id, hint, wrong)}
      />
      <span aria-hidden="true">{after}</span>
    </div>
  );
}

interface SelectProps {
  readonly id: string;
  readonly name?: string;
  readonly value: string;
  /** The first line, for when nothing is chosen. */
  readonly empty?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly width?: Width;
  readonly autoComplete?: string;
  readonly hint?: ReactNode;
  readonly wrong?: Wrong;
}

export function Select({
  id,
  name = id,
  value,
  empty,
  options,
  width = "full",
  autoComplete,
  hint,
  wrong,
}: SelectProps) {
  return (
    <select
      className={cx("select", width !== "full" && `input--${width}`)}
      id={id}
      name={name}
      defaultValue={value}
      autoComplete={autoComplete}
      aria-invalid={wrong ? true : undefined}
      aria-describedby={describedBy(id, hint, wrong)}
    >
      {empty === undefined ? null : <option value="">{empty}</option>}
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

/** A live sentence that says a field is right. Its place is there before it has anything to say. */
export function FieldGood({ children }: { children?: ReactNode }) {
  return (
    <p className="field--good" role="status">
      {children ? (
        <>
          <Icon name="check" /> {children}
        </>
      ) : null}
    </p>
  );
}
