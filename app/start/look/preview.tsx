"use client";

import { Icon } from "@/components/icon.tsx";
import { Mount } from "@/components/mount.tsx";
import { Plate } from "@/components/plate.tsx";
import { useTyped } from "../_live/use-typed.ts";

interface PreviewProps {
  readonly name: string;
  readonly given: string;
  readonly part: string;
  /** "Write to {given}" with `%` where the name goes, and what stands there while nobody is named. */
  readonly write: string;
  readonly someone: string;
  readonly examplePart: string;
  readonly oneButton: string;
}

/** What friends will see at the family's own address, following what is typed above it. */
export function Preview({ name, given, part, write, someone, examplePart, oneButton }: PreviewProps) {
  const called = useTyped("given", given).trim() || someone;
  const address = useTyped("part", part).trim() || examplePart;
  return (
    <div className="frame">
      <p className="frame__bar">
        <Icon name="lock-keyhole" />
        <span>
          {name}/{address}
        </span>
      </p>
      <Mount bare className="rounded-none">
        <Plate name={called} id={`@${address}:${name}`} />
        <span className="button button--brass" aria-hidden="true">
          <Icon name="message-circle" /> {write.replace("%", called)}
        </span>
        <p className="small muted">{oneButton}</p>
      </Mount>
    </div>
  );
}
