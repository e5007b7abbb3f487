"use client";

import { type ReactNode, useActionState } from "react";
import { Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { type CodeState, showCodeAction } from "./actions.ts";

interface ShowCodeProps {
  readonly name: string;
  /** What goes with a code that nobody has seen: once it is shown it can no longer be stopped here. */
  readonly children?: ReactNode;
  readonly words: { readonly show: string; readonly code: string; readonly text: string };
}

/** The code, in the answer to a press. Whoever opens the page anew presses again. */
export function ShowCode({ name, children, words }: ShowCodeProps) {
  const [{ code, wrong }, send, busy] = useActionState<CodeState, FormData>(showCodeAction, {});
  return (
    <>
      <form action={send} className="stack stack--3">
        <input type="hidden" name="home" value={name} />
        {wrong ? <Notice tone="bad" icon="triangle-alert" heading={wrong} level={3} status /> : null}
        {code ? (
          <div className="stack stack--2" role="status">
            <h3>{words.code}</h3>
            <p>
              <code className="code">{code}</code>
            </p>
            <p className="small">{words.text}</p>
          </div>
        ) : (
          <div>
            <Button disabled={busy}>{words.show}</Button>
          </div>
        )}
      </form>
      {code ? null : children}
    </>
  );
}
