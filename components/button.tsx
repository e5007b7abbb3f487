import Link from "next/link";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";

export type ButtonKind = "main" | "quiet" | "danger" | "brass";

interface Looks {
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  readonly wide?: boolean;
  readonly icon?: IconName;
  readonly children: ReactNode;
}

const classes = ({ kind = "main", small, wide }: Looks) =>
  cx("button", kind !== "main" && `button--${kind}`, small && "button--small", wide && "button--wide");

/** The one next act of a screen; `quiet` for a second one. The button that takes money says so and names the sum. */
export function Button({
  kind,
  small,
  wide,
  icon,
  children,
  ...rest
}: Looks & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button {...rest} className={classes({ kind, small, wide, children })}>
      {icon ? <Icon name={icon} /> : null} {children}
    </button>
  );
}

/** A way to another page that looks like a button. */
export function ButtonLink({ href, kind, small, wide, icon, children }: Looks & { href: string }) {
  return (
    <Link className={classes({ kind, small, wide, children })} href={href} prefetch={false}>
      {icon ? <Icon name={icon} /> : null} {children}
    </Link>
  );
}

/** An act inside a sentence or a heading row. */
export function TextButton({
  small,
  children,
  ...rest
}: { small?: boolean } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button {...rest} className={cx("textbutton", small && "small")}>
      {children}
    </button>
  );
}

/** A way to another page that stands among such acts, as high as they are. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link className="textbutton" href={href}>
      {children}
    </Link>
  );
}

/** The row under a form: its main button, and at most one way out beside it. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className="actions">{children}</div>;
}
