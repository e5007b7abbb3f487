import type { ElementType, ReactNode } from "react";
import { cx } from "./cx.ts";

interface PersonRowProps {
  /** What people call them; its first letter is the monogram. */
  readonly given: string;
  /** What stands as the name, where that is more than the given name. */
  readonly title?: string;
  readonly id: string;
  readonly child?: boolean;
  readonly note?: ReactNode;
  readonly as?: ElementType;
  /** Not in a list of others: without the space around. */
  readonly alone?: boolean;
  /** State chip and at most two links. */
  readonly children?: ReactNode;
}

const initial = (given: string): string => ([...given.trim()][0] ?? "").toLocaleUpperCase();

export function PersonRow({ given, title = given, id, child, note, as: As = "li", alone, children }: PersonRowProps) {
  return (
    <As className={cx("person", alone && "person--alone")}>
      <span className={cx("monogram", child && "monogram--child")} aria-hidden="true">
        {initial(given)}
      </span>
      <div className="person__who">
        <b>{title}</b>
        <span className="person__id">{id}</span>
        {note ? <span className="person__note">{note}</span> : null}
      </div>
      <div className="person__do">{children}</div>
    </As>
  );
}

/** People under each other on one card. */
export function People({ children }: { children: ReactNode }) {
  return <ul className="people card card--rows">{children}</ul>;
}
