"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/button.tsx";

/** Without scripts the browser's own menu prints the page, which looks the same on paper. */
export function PrintButton({ children }: { children: ReactNode }) {
  return (
    <Button type="button" icon="printer" onClick={() => window.print()}>
      {children}
    </Button>
  );
}
