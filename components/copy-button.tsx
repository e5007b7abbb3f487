"use client";

import { useState } from "react";
import { Button } from "./button.tsx";

/** Puts words on the clipboard and says so in its own label. Without scripts the words beside it can be marked and copied. */
export function CopyButton({ words, label, done }: { words: string; label: string; done: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(words);
    setCopied(true);
  };
  return (
    <Button type="button" kind="quiet" small icon={copied ? "check" : "copy"} onClick={copy}>
      <span aria-live="polite">{copied ? done : label}</span>
    </Button>
  );
}
