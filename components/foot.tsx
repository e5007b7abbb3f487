import Link from "next/link";
import type { MenuLink } from "./top-bar.tsx";

export function Foot({ line, links }: { line: string; links: readonly MenuLink[] }) {
  return (
    <footer className="foot">
      <div className="wrap">
        <p>{line}</p>
        <ul>
          {links.map((link) => (
            <li key={link.href}>
              <Link href={link.href} prefetch={false}>
                {link.label}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </footer>
  );
}
