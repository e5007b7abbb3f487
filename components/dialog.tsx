"use client";

import { type ReactNode, useId, useRef } from "react";
import { Button, type ButtonKind, TextButton } from "./button.tsx";
import type { IconName } from "./icon.tsx";

interface DialogProps {
  /** The button that opens it. */
  readonly open: {
    readonly label: ReactNode;
    /** `text`: inside a row or a sentence. */
    readonly kind?: ButtonKind | "text";
    readonly icon?: IconName;
    readonly small?: boolean;
  };
  /** The heading, a question. */
  readonly question: string;
  /** The one that does nothing, named by that. */
  readonly keep: string;
  /** The form with what is asked, and its own button named by what it does. */
  readonly children: ReactNode;
  /** That button, where it stands beside the safe one: it names its form by `form`. */
  readonly act?: ReactNode;
}

/** Asked before an act that loses something or needs a reason. Escape closes, and the focus goes back to what opened it. */
export function Dialog({ open, question, keep, children, act }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const show = () => box.current?.showModal();
  return (
    <>
      {open.kind === "text" ? (
        <TextButton type="button" small={open.small} onClick={show}>
          {open.label}
        </TextButton>
      ) : (
        <Button type="button" kind={open.kind} icon={open.icon} small={open.small} onClick={show}>
          {open.label}
        </Button>
      )}
      <dialog ref={box} className="dialog" aria-labelledby={heading}>
        <div className="stack stack--3">
          <h2 id={heading}>{question}</h2>
          {children}
          <div className="row gap-2">
            {act}
            <form method="dialog">
              <Button kind="quiet">{keep}</Button>
            </form>
          </div>
        </div>
      </dialog>
    </>
  );
}
