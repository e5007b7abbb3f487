import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export interface Answer {
  readonly question: string;
  readonly answer: ReactNode;
  /** A link that leads to where it is changed. */
  readonly change?: ReactNode;
  readonly engraved?: boolean;
}

/** What was answered, line by line: the check page, rules. */
export function Answers({ answers }: { answers: readonly Answer[] }) {
  return (
    <dl className="answers">
      {answers.map((one) => (
        <div key={one.question}>
          <dt>{one.question}</dt>
          <dd className={cx(one.engraved && "name") || undefined}>{one.answer}</dd>
          {one.change ? <dd className="answers__do">{one.change}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
