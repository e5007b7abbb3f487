import type { ReactNode } from "react";

/** What the tags inside a catalogue's sentences become. A tag must not be called as a value of the same sentence is. */
export const rich = {
  b: (chunks: ReactNode) => <b>{chunks}</b>,
  named: (chunks: ReactNode) => <b className="name">{chunks}</b>,
  address: (chunks: ReactNode) => <span className="name">{chunks}</span>,
  hidden: (chunks: ReactNode) => <span className="hidden">{chunks}</span>,
  muted: (chunks: ReactNode) => <span className="muted">{chunks}</span>,
  price: (chunks: ReactNode) => <span className="price">{chunks}</span>,
} as const;
