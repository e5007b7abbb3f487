"use client";

import { useEffect, useRef, useState } from "react";
import { FieldGood } from "@/components/field.tsx";
import { Icon } from "@/components/icon.tsx";
import { useTyped } from "./use-typed.ts";

/** What the server says of a part of an address. */
export interface PartAnswer {
  /** What we would call them in an address; empty when there is no customary way. */
  readonly proposal: string;
  readonly ok: boolean;
  /** A sentence about the part that was typed; empty when nothing was. */
  readonly text: string;
}

interface LivePartProps {
  /** Ids of the inputs it watches. */
  readonly given: string;
  readonly part: string;
  /** "you" or the others, for the sentence. */
  readonly whose: "you" | "them";
  /** The page says already what is wrong with it: nothing more is said before it is typed anew. */
  readonly said: boolean;
}

/** A pause in typing, in milliseconds. */
const pauseMs = 300;

/**
 * Under a part of an address: proposes one from the given name until somebody types their own, and says as they type
 * whether it will do.
 */
export function LivePart({ given, part, whose, said }: LivePartProps) {
  const [typedGiven, typedPart] = [useTyped(given, ""), useTyped(part, "")];
  const [answer, setAnswer] = useState<PartAnswer>();
  const proposed = useRef<string>(undefined);
  const first = useRef(true);

  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    if (typedGiven === "" && typedPart === "") return;
    if (said && typedPart === partAsCame(part)) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const found = await ask({ given: typedGiven, part: typedPart, whose, at: part }, abort.signal);
      if (!found) return;
      if (typedPart === "" || typedPart === proposed.current) propose(part, found.proposal, proposed);
      setAnswer(found);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typedGiven, typedPart, whose, part, said]);

  if (!answer || answer.text === "") return <FieldGood />;
  if (answer.ok) return <FieldGood>{answer.text}</FieldGood>;
  return (
    <p className="error" role="status">
      <Icon name="triangle-alert" /> {answer.text}
    </p>
  );
}

/** What stood in the input when the page came. */
function partAsCame(id: string): string | undefined {
  const input = document.getElementById(id);
  return input instanceof HTMLInputElement ? input.defaultValue : undefined;
}

/** Writes the proposal into the input as if it had been typed, so that plate and preview follow. */
function propose(id: string, proposal: string, proposed: { current: string | undefined }): void {
  const input = document.getElementById(id);
  if (!(input instanceof HTMLInputElement) || input.value === proposal) return;
  proposed.current = proposal;
  input.value = proposal;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The other parts typed on this page: two people cannot have the same. */
const otherParts = (at: string): string =>
  [...document.querySelectorAll<HTMLInputElement>("input[data-part]")]
    .filter((input) => input.id !== at)
    .map((input) => input.value)
    .join(",");

interface Question {
  readonly given: string;
  readonly part: string;
  readonly whose: "you" | "them";
  readonly at: string;
}

async function ask({ given, part, whose, at }: Question, signal: AbortSignal): Promise<PartAnswer | undefined> {
  try {
    const query = new URLSearchParams({ given, part, whose, others: otherParts(at) });
    const answer = await fetch(`/api/parts?${query}`, { signal });
    return answer.ok ? ((await answer.json()) as PartAnswer) : undefined;
  } catch (error) {
    // Overtaken by the next letter, or no network: Continue will say it.
    if (error instanceof TypeError || (error instanceof DOMException && error.name === "AbortError")) return undefined;
    throw error;
  }
}
