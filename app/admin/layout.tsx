import type { ReactNode } from "react";

/** Staff pages are denser: the same parts on smaller measures. */
export default function AdminLayout({ children }: { children: ReactNode }) {
  return <div data-density="compact">{children}</div>;
}
