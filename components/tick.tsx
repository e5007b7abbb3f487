import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { describedBy, FieldError } from "./field.tsx";
import type { Wrong } from "./wrong.ts";

interface TickProps {
  readonly id?: string;
  readonly name: string;
  readonly value?: string;
  readonly type?: "checkbox" | "radio";
  readonly checked?: boolean;
  readonly small?: boolean;
  readonly wrong?: Wrong;
  readonly children: ReactNode;
}

/** A box or a dot with its words: the whole line is the label. */
export function Tick({ id, name, value, type = "checkbox", checked, small, wrong, children }: TickProps) {
  return (
    <label className="tick">
      <input
        type={type}
        id={id}
        name={name}
        value={value}
        defaultChecked={checked}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={id ? describedBy(id, undefined, wrong) : undefined}
      />
      <span className={cx(small && "small")}>{children}</span>
    </label>
  );
}

/** One box to tick that stands alone, with its error above it. */
export function TickField({ wrong, ...tick }: TickProps & { id: string }) {
  return (
    <div className={cx("field", wrong && "field--wrong")}>
      {wrong ? <FieldError wrong={wrong} /> : null}
      <Tick {...tick} wrong={wrong} />
    </div>
  );
}

interface TicksProps {
  /** The id of the first one, where the error summary leads. */
  readonly id: string;
  readonly name: string;
  readonly legend: ReactNode;
  readonly hint?: ReactNode;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: ReactNode }[];
  /** Each on a line of its own: they are sentences. */
  readonly lines?: boolean;
  readonly wrong?: Wrong;
}

/** One of a few, in a row. */
export function Ticks({ id, name, legend, hint, value, options, lines, wrong }: TicksProps) {
  return (
    <fieldset className={cx("stack stack--2", wrong && "field--wrong")} aria-describedby={describedBy(id, hint, wrong)}>
      <legend className="legend">{legend}</legend>
      {hint ? (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {wrong ? <FieldError wrong={wrong} /> : null}
      <div className={cx("ticks", lines && "ticks--lines")}>
        {options.map((one, n) => (
          <Tick
            key={one.value}
            id={n === 0 ? id : `${id}-${one.value}`}
            type="radio"
            name={name}
            value={one.value}
            checked={one.value === value}
          >
            {one.label}
          </Tick>
        ))}
      </div>
    </fieldset>
  );
}
