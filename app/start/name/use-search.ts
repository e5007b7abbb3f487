import { useEffect, useRef, useState } from "react";
import type { SearchProps } from "./search-props.ts";

/** A pause in typing, in milliseconds: shorter asks for every letter, longer feels slow. */
const pauseMs = 350;

/** Search as they type, beginning with what the page came with. When an answer fails to come the last one stays. */
export function useSearch(found: SearchProps) {
  const [search, setSearch] = useState(found);
  const [looking, setLooking] = useState(false);
  const [came, setCame] = useState(found);
  const running = useRef<AbortController>(undefined);
  // A new page for the same screen (Back, or an error) brings its own results.
  if (came !== found) {
    setCame(found);
    setSearch(found);
  }
  useEffect(() => () => running.current?.abort(), []);

  const type = (typed: string) => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setLooking(true);
    find(typed, mine.signal)
      .then((answer) => {
        if (answer && !mine.signal.aborted) setSearch(answer);
      })
      .finally(() => {
        if (!mine.signal.aborted) setLooking(false);
      });
  };
  return { search, looking, type };
}

/** Undefined when it was overtaken by the next letter, or the network or a limit stood in the way. */
async function find(typed: string, signal: AbortSignal): Promise<SearchProps | undefined> {
  try {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (signal.aborted) return undefined;
    const answer = await fetch(`/api/names?q=${encodeURIComponent(typed)}`, { signal });
    if (!answer.ok) return undefined;
    // So that reloading, and coming back from the next screen, shows what was looked for.
    window.history.replaceState(null, "", `/start/name?q=${encodeURIComponent(typed)}`);
    return (await answer.json()) as SearchProps;
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && error.name === "AbortError")) return undefined;
    throw error;
  }
}
