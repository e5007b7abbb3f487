"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** Whether this tab has shown a heading before: then a new one means that the screen has changed. */
let shownBefore = false;

/** The one H1. After a change of screen it takes the focus, so that a screen reader begins there; `quiet` leaves it. */
export function PageHeading({ quiet, children }: { quiet?: boolean; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (shownBefore && !quiet) heading.current?.focus();
    shownBefore = true;
  }, [quiet]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
