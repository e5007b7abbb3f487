import type { ReactNode } from "react";
import { BarePage } from "../../_frame/bare-page.tsx";

export default function ParentLayout({ children }: { children: ReactNode }) {
  return <BarePage>{children}</BarePage>;
}
