import type { Choice } from "@/components/choice-cards.tsx";
import type { IconName } from "@/components/icon.tsx";
import type { Letter } from "@/components/letters.tsx";
import type { OrderAsideProps } from "@/components/order-aside.tsx";
import type { Wrong } from "@/components/wrong.ts";

/** A name to choose, and the bill that the aside shows for it. */
export interface OfferProps extends Choice {
  readonly bill: OrderAsideProps["bill"];
}

/** What a search found, in the reader's words: the page and the search-as-you-type show the same. */
export interface SearchProps {
  readonly typed: string;
  readonly wrong?: Wrong;
  /** Beside an error: names to look for instead. */
  readonly perhaps?: { readonly heading: string; readonly before: string; readonly names: readonly string[] };
  readonly notice?: {
    readonly tone?: "wait" | "brass";
    readonly icon: IconName;
    readonly heading: string;
    readonly text: string;
    readonly letters?: { readonly list: readonly Letter[]; readonly label: string };
    /** A link at the end of the text. */
    readonly link?: { readonly href: string; readonly label: string };
  };
  readonly legend: string;
  /** Read aloud when the list has changed. */
  readonly status: string;
  readonly offers: readonly OfferProps[];
  readonly chosen?: string;
  readonly taxNote?: string;
  readonly nothing?: { readonly heading: string; readonly text: string };
}
