import type { ReactNode } from "react";

export interface PriceLine {
  /** Where two lines may have one label. */
  readonly key?: string;
  readonly label: string;
  readonly sum: string;
  readonly note?: string;
  /** A word in place of a sum, in the size of the text. */
  readonly plain?: boolean;
}

/** A bill: label, note, sum; the total last and largest, tax said in words. Without one, prices one below the other. */
export function PriceLines({ lines, total }: { lines: readonly PriceLine[]; total?: PriceLine | undefined }) {
  return (
    <dl className="lines">
      {lines.map((line) => (
        <div key={line.key ?? line.label}>
          <dt>{line.label}</dt>
          <dd>{line.sum}</dd>
          {line.note ? <dd className="lines__note">{line.note}</dd> : null}
        </div>
      ))}
      {total ? (
        <div className="lines__total">
          <dt>{total.label}</dt>
          <dd className={total.plain ? "lines__plain" : undefined}>{total.sum}</dd>
          {total.note ? <dd className="lines__note">{total.note}</dd> : null}
        </div>
      ) : null}
    </dl>
  );
}

/** A sum inside a sentence. */
export function Money({ children }: { children: ReactNode }) {
  return <span className="money">{children}</span>;
}
