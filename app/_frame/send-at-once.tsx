"use client";

import { useEffect, useRef } from "react";
import { useFormStatus } from "react-dom";
import { Button } from "@/components/button.tsx";

interface SendAtOnceProps {
  /** The name of the choice that the form around it is sent with. */
  readonly choice: string;
  /** What the button sends, where the form has several. */
  readonly act?: string;
  readonly button: string;
}

/** Sends the form around it as soon as something else is chosen, so that what stands beside it follows. Without scripts there is a button. */
export function SendAtOnce({ choice, act, button }: SendAtOnceProps) {
  const sender = useRef<HTMLButtonElement>(null);
  const { pending } = useFormStatus();
  useEffect(() => {
    const form = sender.current?.form;
    // While an answer is on its way the form would be sent with the mark of a bill that is gone by then.
    if (!form || pending) return;
    const chosen = [...form.querySelectorAll<HTMLInputElement>(`input[name="${choice}"]:not([type=hidden])`)];
    const send = () => form.requestSubmit(sender.current);
    for (const one of chosen) one.addEventListener("change", send);
    // Chosen before this script arrived, or put back by the browser: what is shown must be what the bill says.
    for (const one of chosen) one.checked = one.defaultChecked;
    return () => {
      for (const one of chosen) one.removeEventListener("change", send);
    };
  }, [choice, pending]);
  return (
    <>
      <button ref={sender} type="submit" hidden name="act" value={act} />
      <noscript>
        <Button kind="quiet" small name="act" value={act}>
          {button}
        </Button>
      </noscript>
    </>
  );
}
