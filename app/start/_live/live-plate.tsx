"use client";

import { Plate } from "@/components/plate.tsx";
import { useTyped } from "./use-typed.ts";

/** The plate in the aside, with the address as its part is typed. */
export function LivePlate({ input, part, name }: { input: string; part: string; name: string }) {
  const typed = useTyped(input, part).trim();
  return <Plate name={typed === "" ? name : `@${typed}:${name}`} />;
}
