import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export interface MenuLink {
  readonly href: string;
  readonly label: string;
  /** Stays on a small screen. */
  readonly keep?: boolean;
  readonly current?: boolean;
}

interface TopBarProps {
  readonly mark: string;
  readonly home?: string;
  readonly menu?: { readonly label: string; readonly links: readonly MenuLink[] };
  readonly staff?: boolean;
  /** The wizard has one link here and nothing else. */
  readonly children?: ReactNode;
}

export function TopBar({ mark, home = "/", menu, staff, children }: TopBarProps) {
  return (
    <header className="top">
      <div className={cx("wrap", staff && "wrap--staff")}>
        <Link className="mark" href={home} prefetch={false}>
          {mark}
        </Link>
        {menu ? (
          <nav aria-label={menu.label}>
            <ul>
              {menu.links.map((link) => (
                <li key={link.href} className={cx(link.keep && "keep") || undefined}>
                  <Link href={link.href} prefetch={false} aria-current={link.current ? "page" : undefined}>
                    {link.label}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
        ) : null}
        {children}
      </div>
    </header>
  );
}
