"use client";

import { Sprite } from "@/components/sprite.tsx";
import { errors, frame } from "@/messages/en.json";
import { BrokenPage } from "./_frame/broken-page.tsx";
import "./styles/index.css";

/** When even the frame broke there is no catalogue and no setting to ask: the sentences come with the script. */
export default function FrameBroken({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const { heading, lead, textUnsigned, textUnsignedNumbered, plate, again, front } = errors.broke;
  const texts = {
    mark: frame.mark,
    heading,
    lead,
    text: textUnsigned,
    numbered: textUnsignedNumbered,
    plate,
    again,
    front,
  };
  return (
    <html lang="en-GB">
      <body>
        <title>{heading}</title>
        <Sprite />
        <BrokenPage texts={texts} number={error.digest} tryAgain={reset} />
      </body>
    </html>
  );
}
