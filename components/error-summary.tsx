"use client";

import { useEffect, useRef } from "react";
import type { Wrong } from "./wrong.ts";

/**
 * Above the heading when Continue found something wrong. It takes the focus, and each line leads to its field.
 * Give it a new `key` for each try, so that it takes the focus again.
 */
export function ErrorSummary({ heading, wrongs }: { heading: string; wrongs: readonly Wrong[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      className="summary-errors"
      role="alert"
      tabIndex={-1}
      aria-labelledby="problem"
      // biome-ignore lint/a11y/noAutofocus: without scripts this is what moves the reader to what is wrong
      autoFocus
    >
      <h2 id="problem">{heading}</h2>
      <ul>
        {wrongs.map((one) => (
          <li key={`${one.at} ${one.short}`}>
            <a href={`#${one.at}`}>{one.short}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
