import type { ReactNode } from "react";
import type { EndWish } from "@/lib/billing/newest-wish.ts";
import { endAction } from "./actions.ts";

/** Sends what is wished of the bill's end. */
export function EndForm({ name, wish, children }: { name: string; wish: EndWish; children: ReactNode }) {
  return (
    <form action={endAction}>
      <input type="hidden" name="home" value={name} />
      <input type="hidden" name="end" value={wish} />
      {children}
    </form>
  );
}
