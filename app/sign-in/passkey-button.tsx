"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/button.tsx";
import { cx } from "@/components/cx.ts";
import { Notice } from "@/components/notice.tsx";
import { hasPasskeys, offersPasskeys, showPasskey, wasDismissed } from "../_session/passkey-calls.ts";
import { passkeyAction, passkeyChallengeAction } from "./actions.ts";

interface PasskeyButtonProps {
  readonly aim: string;
  /** A page of ours to go on with, where somebody who is signed in shows once more that it is them. */
  readonly then?: string;
  /** Offer passkeys in the list under the e-mail field, too. */
  readonly quietly?: boolean;
  readonly words: {
    /** Above the button; left out where nothing stands before it. */
    readonly or?: string;
    readonly button: string;
    readonly failed: string;
    readonly title: string;
  };
}

/** Signs in with a passkey. Its place is kept from the first moment; it is seen where the browser can do it. */
export function PasskeyButton({ aim, then, quietly = false, words }: PasskeyButtonProps) {
  const [able, setAble] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  // One question to the browser at a time: a press ends the one that waits in the list.
  const waiting = useRef<AbortController>(undefined);
  // And one answer to us: of two sessions at once the second would end the first.
  const answered = useRef(false);

  async function ask(inList: boolean): Promise<void> {
    waiting.current?.abort();
    const mine = new AbortController();
    waiting.current = mine;
    const asked = await passkeyChallengeAction();
    if ("words" in asked) return inList ? undefined : setWrong(asked.words);
    const answer = await showPasskey(asked.options, mine.signal, inList);
    if (answered.current) return;
    answered.current = true;
    const done = await passkeyAction(answer, aim);
    // A whole new page: nothing of what was shown before signing in is kept.
    if ("to" in done) return window.location.assign(then ?? done.to);
    answered.current = false;
    setWrong(done.words);
  }

  async function press(): Promise<void> {
    if (answered.current) return;
    setBusy(true);
    setWrong(undefined);
    try {
      await ask(false);
    } catch (error) {
      if (!wasDismissed(error)) setWrong(words.failed);
    } finally {
      setBusy(false);
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page is shown
  useEffect(() => {
    setAble(hasPasskeys());
    if (quietly) {
      offersPasskeys()
        .then((can) => (can ? ask(true) : undefined))
        .catch((error: unknown) => {
          if (!wasDismissed(error)) setWrong(words.failed);
        });
    }
    return () => waiting.current?.abort();
  }, []);

  return (
    <div className={cx("stack", !able && "invisible")}>
      {words.or ? (
        <div className="row flex-nowrap">
          <hr />
          <span className="muted small">{words.or}</span>
          <hr />
        </div>
      ) : null}
      {wrong ? (
        <div role="alert">
          <Notice tone="bad" icon="triangle-alert" heading={words.title}>
            <p>{wrong}</p>
          </Notice>
        </div>
      ) : null}
      <Button type="button" kind={words.or ? "quiet" : "main"} wide icon="fingerprint" disabled={busy} onClick={press}>
        {words.button}
      </Button>
    </div>
  );
}
