"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/components/button.tsx";
import { cx } from "@/components/cx.ts";
import { asTyped, FieldError, Input } from "@/components/field.tsx";
import { OrderAside } from "@/components/order-aside.tsx";
import type { WizardStep } from "@/components/progress.tsx";
import { WizardPage } from "@/components/wizard-page.tsx";
import { mostTyped } from "../../_frame/most-typed.ts";
import { Results } from "./results.tsx";
import type { SearchProps } from "./search-props.ts";
import { useSearch } from "./use-search.ts";

export interface NameScreenProps {
  readonly words: {
    readonly step: string;
    readonly back: string;
    readonly heading: string;
    readonly field: string;
    readonly hint: string;
    readonly search: string;
    readonly searchLabel: string;
    readonly looking: string;
    readonly next: string;
    readonly aside: string;
    readonly blank: string;
    readonly none: string;
    /** Under the bill. */
    readonly uncharged: string | undefined;
    /** Heading of the error summary: one problem. */
    readonly problem: string;
  };
  readonly found: SearchProps;
  readonly note: ReactNode;
  /** Other ways to begin, under the list. */
  readonly children: ReactNode;
}

const step: WizardStep = 1;

/** Screen 1: a name is searched as it is typed, and the plate and the bill beside it follow what is chosen. */
export function NameScreen({ words, found, note, children }: NameScreenProps) {
  const { search, looking, type } = useSearch(found);
  const [picked, setPicked] = useState<string>();
  const chosen =
    search.offers.find((offer) => offer.value === picked) ??
    search.offers.find((offer) => offer.value === search.chosen);
  // The summary belongs to what was sent; while they type, the sentence beside the field is enough.
  const sent = search === found && search.wrong ? [search.wrong] : [];
  const aside = (
    <OrderAside
      label={words.aside}
      plate={chosen ? { text: chosen.value } : { text: words.blank, blank: true }}
      bill={chosen?.bill}
      note={chosen ? words.uncharged : words.none}
    />
  );
  return (
    <WizardPage
      step={step}
      stepWords={words.step}
      back={{ href: "/", label: words.back }}
      heading={words.heading}
      problems={{ heading: words.problem, wrongs: sent }}
      attempt={found.typed}
      notice={note}
      aside={aside}
    >
      <search>
        <form
          className={cx("stack stack--2", search.wrong && "field--wrong")}
          action="/start/name"
          aria-label={words.searchLabel}
        >
          <label className="legend" htmlFor="q">
            {words.field}
          </label>
          <p className="hint" id="q-hint">
            {words.hint}
          </p>
          {search.wrong ? <FieldError wrong={search.wrong} /> : null}
          <div className="finder">
            <Input
              id="q"
              engraved
              defaultValue={found.typed}
              autoComplete="off"
              maxLength={mostTyped}
              hint
              wrong={search.wrong}
              onChange={(event) => type(event.target.value)}
              {...asTyped}
            />
            <Button kind="quiet" icon="search">
              {words.search}
            </Button>
          </div>
          <p className="hidden" role="status">
            {looking ? words.looking : ""}
          </p>
        </form>
      </search>
      <Results search={search} next={words.next} onChoose={setPicked} />
      {children}
    </WizardPage>
  );
}
