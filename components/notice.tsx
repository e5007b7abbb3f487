import type { ReactNode } from "react";
import type { Tone } from "./chip.tsx";
import { Icon, type IconName } from "./icon.tsx";

interface NoticeProps {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly heading: ReactNode;
  /** Names the heading, where something else is labelled by it. */
  readonly id?: string;
  readonly level?: 2 | 3;
  /** Read aloud when it appears. */
  readonly status?: boolean;
  readonly gap?: 1 | 2 | 3;
  readonly children?: ReactNode;
}

/** Something that changes what the reader should do. Brass: about you; wait: us or time; bad: an error. */
export function Notice({ tone, icon = "info", heading, id, level = 2, status, gap = 2, children }: NoticeProps) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className="notice" data-tone={tone} role={status ? "status" : undefined}>
      <Icon name={icon} />
      <div className={`stack stack--${gap}`}>
        <Heading id={id}>{heading}</Heading>
        {children}
      </div>
    </div>
  );
}
