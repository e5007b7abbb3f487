import type { ReactNode } from "react";

/** Nothing there yet: what would be here, and one way to begin. */
export function Empty({ heading, level = 2, children }: { heading: string; level?: 2 | 3; children: ReactNode }) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className="empty">
      <Heading>{heading}</Heading>
      {children}
    </div>
  );
}
