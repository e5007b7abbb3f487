"use client";

import { useEffect, useRef } from "react";

interface UnsentProps {
  readonly screen: "look" | "people" | "deed";
  /** The mark of the form around it. */
  readonly seen: string;
}

/** A pause in typing, in milliseconds. */
const pauseMs = 400;

/**
 * The mark of the form around it, and that form's memory: what stands in its fields is kept while it is typed, and once more
 * when the page is left, so that a closed tab loses nothing. Without scripts Continue alone keeps it.
 */
export function Unsent({ screen, seen }: UnsentProps) {
  const mark = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const form = mark.current?.form;
    if (!form) return;
    let changed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      clearTimeout(timer);
      if (!changed) return;
      changed = false;
      send({ screen, seen, values: valuesOf(form) }).catch(() => {
        // No network: it is sent with the next letter, or when the page is left.
        changed = true;
      });
    };
    const note = () => {
      changed = true;
      clearTimeout(timer);
      timer = setTimeout(keep, pauseMs);
    };
    const sentByThem = () => {
      changed = false;
      clearTimeout(timer);
    };
    const leaving = () => document.visibilityState === "hidden" && keep();
    form.addEventListener("input", note);
    form.addEventListener("submit", sentByThem);
    document.addEventListener("visibilitychange", leaving);
    window.addEventListener("pagehide", keep);
    return () => {
      keep();
      form.removeEventListener("input", note);
      form.removeEventListener("submit", sentByThem);
      document.removeEventListener("visibilitychange", leaving);
      window.removeEventListener("pagehide", keep);
    };
  }, [screen, seen]);
  return <input ref={mark} type="hidden" name="seen" value={seen} />;
}

/** What stands in the fields by their names; what the page itself wrote into it (the marks, the action) is left out. */
function valuesOf(form: HTMLFormElement): Record<string, string> {
  const fields = [...form.elements].filter(
    (one) => (one instanceof HTMLInputElement && one.type !== "hidden") || one instanceof HTMLSelectElement,
  );
  const values: Record<string, string> = {};
  for (const field of fields as (HTMLInputElement | HTMLSelectElement)[]) {
    if (field instanceof HTMLInputElement && field.type === "radio" && !field.checked) continue;
    values[field.name] = field.value;
  }
  return values;
}

/** `keepalive`: it goes out even when the page is gone. */
const send = (unsent: { screen: string; seen: string; values: Record<string, string> }): Promise<Response> =>
  fetch("/api/unsent", {
    method: "POST",
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(unsent),
  });
