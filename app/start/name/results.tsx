import { Actions, Button } from "@/components/button.tsx";
import { ChoiceCards } from "@/components/choice-cards.tsx";
import { Empty } from "@/components/empty.tsx";
import { Letters } from "@/components/letters.tsx";
import { Notice } from "@/components/notice.tsx";
import { chooseNameAction } from "./actions.ts";
import type { SearchProps } from "./search-props.ts";

interface ResultsProps {
  readonly search: SearchProps;
  readonly next: string;
  readonly onChoose: (name: string) => void;
}

/** What was found: how the name stands, and the names to choose from. */
export function Results({ search, next, onChoose }: ResultsProps) {
  const { perhaps, nothing, offers } = search;
  return (
    <>
      {perhaps ? (
        <Empty heading={perhaps.heading}>
          <p>
            {perhaps.before}{" "}
            {perhaps.names.map((name) => (
              <a key={name} className="name mr-3" href={`/start/name?q=${encodeURIComponent(name)}`}>
                {name}
              </a>
            ))}
          </p>
        </Empty>
      ) : null}
      {search.notice ? <Standing notice={search.notice} /> : null}
      {offers.length > 0 ? <Offers search={search} next={next} onChoose={onChoose} /> : null}
      {nothing && !search.wrong ? (
        <Empty heading={nothing.heading}>
          <p>{nothing.text}</p>
        </Empty>
      ) : null}
    </>
  );
}

function Standing({ notice }: { notice: NonNullable<SearchProps["notice"]> }) {
  const { tone, icon, heading, text, letters, link } = notice;
  return (
    <Notice tone={tone} icon={icon} heading={heading} status gap={letters ? 3 : 1}>
      <p>
        {text} {link ? <a href={link.href}>{link.label}</a> : null}
      </p>
      {letters ? <Letters letters={letters.list} label={letters.label} /> : null}
    </Notice>
  );
}

function Offers({ search, next, onChoose }: ResultsProps) {
  return (
    <form className="stack" action={chooseNameAction}>
      <input type="hidden" name="q" value={search.typed} />
      <fieldset className="stack stack--3">
        <legend className="legend">{search.legend}</legend>
        <p className="hidden" role="status">
          {search.status}
        </p>
        <ChoiceCards
          key={search.offers.map((offer) => offer.value).join(" ")}
          name="name"
          choices={search.offers}
          chosen={search.chosen}
          onChoose={onChoose}
        />
      </fieldset>
      {search.taxNote ? <p className="small muted">{search.taxNote}</p> : null}
      <Actions>
        <Button>{next}</Button>
      </Actions>
    </form>
  );
}
