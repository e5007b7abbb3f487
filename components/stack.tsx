import type { ElementType, ReactNode } from "react";
import { cx } from "./cx.ts";

interface StackProps {
  /** Step of the space scale between the parts: 4, 8, 12, 16, 24, 32 or 48 pixels. */
  readonly gap?: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  readonly as?: ElementType;
  readonly className?: string;
  readonly labelledBy?: string;
  readonly label?: string;
  readonly children: ReactNode;
}

/** Parts under each other. The only thing that sets vertical rhythm. */
export function Stack({ gap = 5, as: As = "div", className, labelledBy, label, children }: StackProps) {
  return (
    <As
      className={cx("stack", gap !== 5 && `stack--${gap}`, className)}
      aria-labelledby={labelledBy}
      aria-label={label}
    >
      {children}
    </As>
  );
}
