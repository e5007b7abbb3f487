import Link from "next/link";
import type { MenuLink } from "./top-bar.tsx";

/** Pages of one home, beside each other. */
export function Tabs({ label, links }: { label: string; links: readonly MenuLink[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      <div className="wrap">
        <ul>
          {links.map((link) => (
            <li key={link.href}>
              <Link href={link.href} prefetch={false} aria-current={link.current ? "page" : undefined}>
                {link.label}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}
