"use client";

import { useRouter } from "next/navigation";
import { useActionState, useEffect, useId, useRef } from "react";
import { Button, type ButtonKind } from "@/components/button.tsx";
import { Dialog } from "@/components/dialog.tsx";
import { TextField } from "@/components/field.tsx";
import type { IconName } from "@/components/icon.tsx";
import { Toast } from "@/components/toast.tsx";
import { staffAction } from "../actions.ts";

interface AskWhyProps {
  readonly act: string;
  readonly subject: string;
  readonly step: string | undefined;
  readonly open: { readonly label: string; readonly icon: IconName; readonly kind?: ButtonKind };
  readonly words: {
    readonly question: string;
    readonly text: readonly string[];
    readonly label: string;
    readonly hint: string;
    /** The label of a field above the reason, where the act needs a code. */
    readonly code?: string;
    readonly yes: string;
    readonly no: string;
    readonly error: string;
  };
}

/** A worker answers a ring within a second or two: the page is shown anew after each of these. */
const lookAgainMs = [1500, 5000];

/** Asks for the reason in a dialog, does the act, says what came of it, and shows what the workers find. */
export function AskWhy({ act, subject, step, open, words }: AskWhyProps) {
  const [state, send, busy] = useActionState(staffAction, { tries: 0 });
  const form = useRef<HTMLFormElement>(null);
  const router = useRouter();
  const id = useId();
  const { done, wrong, tries } = state;

  useEffect(() => {
    if (done === undefined || tries === 0) return;
    form.current?.closest("dialog")?.close();
    form.current?.reset();
    const timers = lookAgainMs.map((ms) => setTimeout(() => router.refresh(), ms));
    return () => timers.forEach(clearTimeout);
  }, [done, tries, router]);

  return (
    <>
      <Dialog
        open={open}
        question={words.question}
        keep={words.no}
        act={
          <Button form={`${id}-form`} disabled={busy}>
            {words.yes}
          </Button>
        }
      >
        {words.text.map((text) => (
          <p className="small" key={text}>
            {text}
          </p>
        ))}
        <form ref={form} id={`${id}-form`} action={send} className="stack stack--4" noValidate>
          <input type="hidden" name="act" value={act} />
          <input type="hidden" name="subject" value={subject} />
          {step ? <input type="hidden" name="step" value={step} /> : null}
          {words.code ? (
            <TextField
              id={`${id}-code`}
              name="code"
              label={words.code}
              maxLength={100}
              autoComplete="off"
              defaultValue={state.code}
            />
          ) : null}
          <TextField
            id={id}
            name="reason"
            label={words.label}
            hint={words.hint}
            maxLength={500}
            autoComplete="off"
            defaultValue={state.typed}
            wrong={wrong ? { at: id, text: wrong, short: wrong, before: words.error } : undefined}
          />
        </form>
      </Dialog>
      {done ? <Toast key={tries}>{done}</Toast> : null}
    </>
  );
}
