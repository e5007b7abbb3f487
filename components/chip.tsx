import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

export type Tone = "good" | "wait" | "bad" | "brass";

/** A state in a row or heading: always a word, with an icon where it has a tone. */
export function Chip({ tone, icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }) {
  return (
    <span className="chip" data-tone={tone}>
      {icon ? <Icon name={icon} /> : null} {children}
    </span>
  );
}
