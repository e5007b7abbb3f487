import { Fragment, type ReactNode } from "react";
import { cx } from "./cx.ts";

interface FactsProps {
  readonly facts: readonly { readonly term: string; readonly fact: ReactNode }[];
  readonly small?: boolean;
  /** Facts of several sentences or lines: below their words where two columns would be a word wide. */
  readonly long?: boolean;
}

/** Words and what they stand for, in two columns. */
export function Facts({ facts, small, long }: FactsProps) {
  return (
    <dl className={cx("facts", small && "small", long && "facts--long")}>
      {facts.map((one) => (
        <Fragment key={one.term}>
          <dt>{one.term}</dt>
          <dd>{one.fact}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
