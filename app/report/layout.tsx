import type { ReactNode } from "react";
import { BarePage } from "../_frame/bare-page.tsx";

export default function ReportLayout({ children }: { children: ReactNode }) {
  return (
    <BarePage>
      <div className="wrap page wrap--narrow">{children}</div>
    </BarePage>
  );
}
