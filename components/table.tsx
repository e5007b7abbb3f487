import type { ReactNode } from "react";
import { cx } from "./cx.ts";

interface TableProps {
  /** Said of the region, which scrolls by itself on a small screen. */
  readonly label: string;
  readonly head: readonly { readonly text: ReactNode; readonly right?: boolean }[];
  readonly rows: readonly {
    readonly key: string;
    readonly tone?: "bad" | "wait";
    /** The first cell is the row's header. */
    readonly cells: readonly ReactNode[];
  }[];
  /** Few and short columns, which fit on a phone. */
  readonly short?: boolean;
  /** On a card of its own, as on staff pages. */
  readonly card?: boolean;
  /** On a phone each row stands by itself, a line a cell: its end, with what is to be pressed, must not lie beyond the edge. */
  readonly stack?: boolean;
}

/** Three or more columns to compare. */
export function Table({ label, head, rows, short, card, stack }: TableProps) {
  const right = (n: number) => cx(head[n]?.right && "right") || undefined;
  const headOf = (n: number) => (stack && typeof head[n]?.text === "string" ? head[n].text : undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={cx(card && "card card--flush", "scroll")} aria-label={label} tabIndex={0}>
      <table className={cx("table", short && "table--short", stack && "table--stack")}>
        <thead>
          <tr>
            {head.map((one, n) => (
              <th scope="col" key={n} className={right(n)}>
                {one.text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} data-tone={row.tone}>
              {row.cells.map((cell, n) =>
                n === 0 ? (
                  <th scope="row" key={n}>
                    {cell}
                  </th>
                ) : (
                  <td key={n} className={right(n)} data-head={headOf(n)}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
