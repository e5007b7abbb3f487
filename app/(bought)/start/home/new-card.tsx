import type { ReactNode } from "react";
import { Button, type ButtonKind, TextButton } from "@/components/button.tsx";
import { newCardAction } from "./actions.ts";

interface NewCardProps {
  readonly personId: string;
  /** The card it stands in for. */
  readonly cardId: string;
  readonly from: "home" | "print";
  /** As a link in a row, or as a button. */
  readonly look: "link" | ButtonKind;
  readonly children: ReactNode;
}

/** One press, one new card: the form names the card it replaces, so that pressing twice makes no second one. */
export function NewCard({ personId, cardId, from, look, children }: NewCardProps) {
  return (
    <form action={newCardAction}>
      <input type="hidden" name="person" value={personId} />
      <input type="hidden" name="card" value={cardId} />
      <input type="hidden" name="from" value={from} />
      {look === "link" ? <TextButton>{children}</TextButton> : <Button kind={look}>{children}</Button>}
    </form>
  );
}
