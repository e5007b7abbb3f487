"use client";

import { useEffect } from "react";

/** After an act that leads to a place on the page, such as a line that was added or a card that was chosen: the cursor stands there. */
export function FocusHash({ after }: { after: string }) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `after` is what makes it look again
  useEffect(() => {
    const place = document.getElementById(window.location.hash.slice(1));
    if (place instanceof HTMLInputElement) place.focus();
  }, [after]);
  return null;
}
