"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { Toast } from "@/components/toast.tsx";
import { hasOneAlready, hasPasskeys, makePasskey, wasDismissed } from "../../_session/passkey-calls.ts";
import { keepPasskeyAction, newPasskeyAction } from "../actions.ts";

interface AddPasskeyProps {
  /** Where to go when it is kept; without it the page is shown anew. */
  readonly then?: string;
  readonly main?: boolean;
  readonly words: {
    readonly button: string;
    readonly done: string;
    readonly unsupported: string;
    readonly title: string;
    readonly failed: string;
    readonly already: string;
  };
}

/** Makes a passkey in this browser and keeps it with the account. */
export function AddPasskey({ then, main, words }: AddPasskeyProps) {
  const router = useRouter();
  const [able, setAble] = useState(true);
  const [wrong, setWrong] = useState<string>();
  const [added, setAdded] = useState(0);
  const [busy, setBusy] = useState(false);
  useEffect(() => setAble(hasPasskeys()), []);

  async function add(): Promise<void> {
    const asked = await newPasskeyAction();
    if ("words" in asked) return setWrong(asked.words);
    const kept = await keepPasskeyAction(await makePasskey(asked.options));
    if ("words" in kept) return setWrong(kept.words);
    // A whole new page: the session may be another one now.
    if (then) return window.location.assign(then);
    setAdded((count) => count + 1);
    router.refresh();
  }

  async function press(): Promise<void> {
    setBusy(true);
    setWrong(undefined);
    try {
      await add();
    } catch (error) {
      if (!wasDismissed(error)) setWrong(hasOneAlready(error) ? words.already : words.failed);
    } finally {
      setBusy(false);
    }
  }

  if (!able) return <p>{words.unsupported}</p>;
  return (
    <div className="stack stack--3">
      {wrong ? (
        <div role="alert">
          <Notice tone="bad" icon="triangle-alert" heading={words.title} level={3}>
            <p>{wrong}</p>
          </Notice>
        </div>
      ) : null}
      <div>
        <Button type="button" kind={main ? "main" : "quiet"} icon="fingerprint" disabled={busy} onClick={press}>
          {words.button}
        </Button>
      </div>
      {added > 0 ? <Toast key={added}>{words.done}</Toast> : null}
    </div>
  );
}
