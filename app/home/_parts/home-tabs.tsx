"use client";

import { usePathname } from "next/navigation";
import { Tabs } from "@/components/tabs.tsx";
import type { MenuLink } from "@/components/top-bar.tsx";

/** A layout is not told which page is in it; the browser's address is. */
export function HomeTabs({ label, links }: { label: string; links: readonly MenuLink[] }) {
  const here = usePathname();
  return <Tabs label={label} links={links.map((link) => ({ ...link, current: link.href === here }))} />;
}
