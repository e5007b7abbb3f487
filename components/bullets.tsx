import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

/** Short facts, each with its icon. */
export function Bullets({
  points,
  small,
}: {
  points: readonly { icon: IconName; text: ReactNode }[];
  small?: boolean;
}) {
  return (
    <ul className={small ? "bullets small" : "bullets"}>
      {points.map((point, n) => (
        <li key={n}>
          <Icon name={point.icon} />
          <span>{point.text}</span>
        </li>
      ))}
    </ul>
  );
}
