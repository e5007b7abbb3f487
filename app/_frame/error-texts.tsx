"use client";

import { createContext, type ReactNode, use } from "react";
import type { BrokenTexts } from "./broken-page.tsx";

const context = createContext<BrokenTexts | undefined>(undefined);

/** The error page runs in the browser, where the catalogue is not: its few sentences wait here. */
export function ErrorTexts({ texts, children }: { texts: BrokenTexts; children: ReactNode }) {
  return <context.Provider value={texts}>{children}</context.Provider>;
}

export function useErrorTexts(): BrokenTexts {
  const texts = use(context);
  if (!texts) throw new Error("ErrorTexts is missing above this page");
  return texts;
}
