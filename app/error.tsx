"use client";

import { BrokenPage } from "./_frame/broken-page.tsx";
import { useErrorTexts } from "./_frame/error-texts.tsx";

export default function Broken({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <BrokenPage texts={useErrorTexts()} number={error.digest} tryAgain={reset} />;
}
