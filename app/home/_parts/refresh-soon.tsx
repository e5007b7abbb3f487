"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** A worker carries out a wish within a second or two. */
const everyMs = 1500;

/** Makes the page anew every now and then, for as long as it is on it. */
export function RefreshSoon() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
