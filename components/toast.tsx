"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Icon } from "./icon.tsx";

/** Long enough to read a short sentence twice. */
const shownForMs = 5000;

/** A small act is done and can be seen elsewhere. Never for errors. Give it a new `key` for each act. */
export function Toast({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setShown(false), shownForMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status">
      {shown ? (
        <p className="toast">
          <Icon name="check" /> {children}
        </p>
      ) : null}
    </div>
  );
}
