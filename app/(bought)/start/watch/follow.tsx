"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";

/** News that come together are shown together. */
const gatherMs = 100;
/** A stream that was refused is asked for again after this long; meanwhile the page looks by itself. */
const refusedMs = 15_000;

/** Keeps the page up to date: a stream says when it is old, and the server makes it anew. `stamp`: what it shows now. */
export function Follow({ stamp }: { stamp: string }) {
  const router = useRouter();
  const shown = useRef(stamp);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    shown.current = stamp;
  }, [stamp]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new try is a new stream
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (act: () => void, ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(act, ms);
    };
    const source = new EventSource("/api/progress");
    const news = ({ data }: MessageEvent<string>) => {
      if (data !== shown.current) later(() => router.refresh(), gatherMs);
    };
    source.addEventListener("news", news);
    source.addEventListener("over", (event) => {
      source.close();
      news(event);
    });
    source.addEventListener("error", () => {
      // A stream that broke comes back by itself; one that was refused does not.
      if (source.readyState !== EventSource.CLOSED) return;
      later(() => {
        router.refresh();
        setTries((n) => n + 1);
      }, refusedMs);
    });
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [router, tries]);
  return null;
}
