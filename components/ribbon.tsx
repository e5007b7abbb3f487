import type { ReactNode } from "react";

interface RibbonProps {
  readonly label: string;
  readonly text: ReactNode;
  readonly links: readonly { readonly href: string; readonly label: string }[];
}

/** The sandbox says so: first on every page, cannot be closed. */
export function Ribbon({ label, text, links }: RibbonProps) {
  return (
    <aside className="ribbon" aria-label={label}>
      <div className="wrap">
        <p>{text}</p>
        <ul>
          {links.map((link) => (
            <li key={link.href}>
              <a href={link.href}>{link.label}</a>
            </li>
          ))}
        </ul>
      </div>
    </aside>
  );
}
