"use client";

import { type ReactNode, useState } from "react";
import { TextButton } from "@/components/button.tsx";

/** Puts a link on the clipboard and says so in its own label. */
export function CopyLink({ link, done, children }: { link: string; done: string; children: ReactNode }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    setCopied(true);
  };
  return (
    <TextButton type="button" onClick={copy}>
      <span aria-live="polite">{copied ? done : children}</span>
    </TextButton>
  );
}
