"use client";

import { usePathname } from "next/navigation";
import { type MenuLink, TopBar } from "@/components/top-bar.tsx";

interface StaffBarProps {
  readonly mark: string;
  readonly label: string;
  readonly links: readonly MenuLink[];
}

/** Marks the part of the staff pages one is in: a family's pages belong to the families. */
export function StaffBar({ mark, label, links }: StaffBarProps) {
  const here = usePathname();
  const [families, ...others] = links;
  const other = others.find((link) => link.href === here);
  const current = other ?? families;
  return (
    <TopBar
      mark={mark}
      home="/admin"
      staff
      menu={{ label, links: links.map((link) => ({ ...link, current: link === current })) }}
    />
  );
}
