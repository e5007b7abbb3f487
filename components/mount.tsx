import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** Painted wood: what a plate hangs on. `bare` leaves the moulding out. */
export function Mount({ bare, className, children }: { bare?: boolean; className?: string; children: ReactNode }) {
  return <div className={cx("mount", bare && "mount--bare", className)}>{children}</div>;
}
