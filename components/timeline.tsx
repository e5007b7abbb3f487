import type { ReactNode } from "react";

export interface Event {
  readonly key: string;
  /** ISO time, and the same as it is shown. */
  readonly at: string;
  readonly shown: string;
  /** Grey: looked. Green: settled. Red: blocked. Brass: a person. */
  readonly tone?: "good" | "bad" | "staff";
  readonly text: ReactNode;
}

/** What happened, newest first. */
export function Timeline({ events }: { events: readonly Event[] }) {
  return (
    <ol className="timeline card">
      {events.map((event) => (
        <li key={event.key} data-tone={event.tone}>
          <time dateTime={event.at}>{event.shown}</time>
          <div>{event.text}</div>
        </li>
      ))}
    </ol>
  );
}
