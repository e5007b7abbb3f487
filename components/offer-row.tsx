import type { ReactNode } from "react";

interface OfferRowProps {
  readonly called: string;
  /** What it costs, and for how long. */
  readonly price: ReactNode;
  /** State chip and one act. */
  readonly children: ReactNode;
}

/** Something that can be had, with its price and what can be done about it. Goes on a card of rows. */
export function OfferRow({ called, price, children }: OfferRowProps) {
  return (
    <li className="person person--plain">
      <div className="person__who">
        <b>{called}</b>
        <span className="person__note">{price}</span>
      </div>
      <div className="person__do">{children}</div>
    </li>
  );
}
