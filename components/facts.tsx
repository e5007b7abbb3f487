import { Fragment, type ReactNode } from "react";
import { cx } from "./cx.ts";

/** Words and what they stand for, in two columns. */
export function Facts({ facts, small }: { facts: readonly { term: string; fact: ReactNode }[]; small?: boolean }) {
  return (
    <dl className={cx("facts", small && "small")}>
      {facts.map((one) => (
        <Fragment key={one.term}>
          <dt>{one.term}</dt>
          <dd>{one.fact}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
