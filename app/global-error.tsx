"use client";

import texts from "@/messages/en.broken.json";
import { BrokenPage } from "./_frame/broken-page.tsx";
import "./styles/index.css";

/** When even the frame broke there is no catalogue and no setting to ask: these few sentences come with the script. */
export default function FrameBroken({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en-GB">
      <body>
        <title>{texts.heading}</title>
        <BrokenPage texts={texts} number={error.digest} tryAgain={reset} />
      </body>
    </html>
  );
}
