import type { ReactNode } from "react";

/** What the tags inside a catalogue's sentences become. */
export const rich = {
  b: (chunks: ReactNode) => <b>{chunks}</b>,
  name: (chunks: ReactNode) => <b className="name">{chunks}</b>,
  id: (chunks: ReactNode) => <span className="name">{chunks}</span>,
  hidden: (chunks: ReactNode) => <span className="hidden">{chunks}</span>,
  muted: (chunks: ReactNode) => <span className="muted">{chunks}</span>,
  price: (chunks: ReactNode) => <span className="price">{chunks}</span>,
} as const;
