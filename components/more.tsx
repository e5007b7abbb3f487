import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** A question that opens. */
export function More({ summary, open, children }: { summary: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="more" open={open}>
      <summary>
        {summary} <Icon name="chevron-down" />
      </summary>
      <div>{children}</div>
    </details>
  );
}
