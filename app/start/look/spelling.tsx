"use client";

import { FieldGood } from "@/components/field.tsx";
import { useTyped } from "../_live/use-typed.ts";

/** Says when the name typed once more is the name. */
export function Spelling({ name, typed, right }: { name: string; typed: string; right: string }) {
  const same = useTyped("confirm", typed).trim().toLowerCase() === name;
  return <FieldGood>{same ? right : undefined}</FieldGood>;
}
