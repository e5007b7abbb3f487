"use client";

import { useTyped } from "../_live/use-typed.ts";

interface PublicPlaceProps {
  readonly state: string;
  readonly country: string;
  readonly countries: readonly { readonly value: string; readonly label: string }[];
  /** The sentence with `%` where the place goes, and the one for when nothing is filled in. */
  readonly text: string;
  readonly unknown: string;
}

/** What anyone can look up, with the reader's own region and country as they are filled in. */
export function PublicPlace({ state, country, countries, text, unknown }: PublicPlaceProps) {
  const code = useTyped("country", country);
  const parts = [useTyped("state", state).trim(), countries.find((one) => one.value === code)?.label ?? ""].filter(
    Boolean,
  );
  return <p>{code === "" ? unknown : text.replace("%", () => parts.join(", "))}</p>;
}
