"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/button.tsx";

interface StaffSearchProps {
  readonly value: string;
  readonly label: string;
  readonly button: string;
}

/** Has the focus when the page opens; "/" brings it back. */
export function StaffSearch({ value, label, button }: StaffSearchProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    const back = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest("input, textarea, select, dialog[open]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.select();
    };
    document.addEventListener("keydown", back);
    return () => document.removeEventListener("keydown", back);
  }, []);
  return (
    <search className="staffsearch">
      <form className="staffsearch" action="/admin">
        <input
          ref={input}
          className="input"
          id="q"
          aria-label={label}
          name="q"
          type="search"
          maxLength={100}
          defaultValue={value}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <Button kind="quiet" icon="search">
          {button}
        </Button>
      </form>
    </search>
  );
}
