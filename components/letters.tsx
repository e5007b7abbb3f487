import { cx } from "./cx.ts";

export interface Letter {
  readonly sign: string;
  /** Set on the odd ones: the alphabet it comes from. */
  readonly alphabet?: string;
}

/** One box a letter, the odd ones marked and named, so that a look-alike is seen. */
export function Letters({ letters, label }: { letters: readonly Letter[]; label: string }) {
  return (
    <div className="letters" role="img" aria-label={label}>
      {letters.map((one, n) => (
        <span key={n} className={cx(one.alphabet !== undefined && "odd") || undefined}>
          <b>{one.sign}</b>
          {one.alphabet ? <small>{one.alphabet}</small> : null}
        </span>
      ))}
    </div>
  );
}
