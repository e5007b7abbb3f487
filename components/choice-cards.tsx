export interface Choice {
  readonly value: string;
  /** Of a name the part before its dot. */
  readonly label: string;
  /** Of a name the ending with its dot, in brass. */
  readonly ending?: string;
  readonly note?: string;
  /** Its price, and for how long. */
  readonly sum?: string;
  readonly per?: string;
}

interface ChoiceCardsProps {
  readonly name: string;
  /** The id of the chosen one, or of the first, where a link can lead. */
  readonly id?: string;
  readonly choices: readonly Choice[];
  readonly chosen: string | undefined;
  readonly onChoose?: (value: string) => void;
}

/** One of a few, each with its price: the whole card is the label. Goes inside a `fieldset`. */
export function ChoiceCards({ name, id = "choices", choices, chosen, onChoose }: ChoiceCardsProps) {
  const led = chosen ?? choices[0]?.value;
  return (
    <div className="choices">
      {choices.map((one) => (
        <label className="choice" key={one.value}>
          <input
            type="radio"
            id={one.value === led ? id : undefined}
            name={name}
            value={one.value}
            defaultChecked={one.value === chosen}
            onChange={onChoose ? () => onChoose(one.value) : undefined}
          />
          <ChoiceWords choice={one} />
        </label>
      ))}
    </div>
  );
}

interface TickCardsProps {
  readonly name: string;
  /** Each has it with its place, from 0 on, where a link can lead. */
  readonly id: string;
  readonly choices: readonly Choice[];
  readonly ticked: readonly string[];
}

/** Any of a few, or none. */
export function TickCards({ name, id, choices, ticked }: TickCardsProps) {
  return (
    <div className="choices">
      {choices.map((one, place) => (
        <label className="choice" key={one.value}>
          <input
            type="checkbox"
            id={`${id}-${place}`}
            name={name}
            value={one.value}
            defaultChecked={ticked.includes(one.value)}
          />
          <ChoiceWords choice={one} />
        </label>
      ))}
    </div>
  );
}

function ChoiceWords({ choice: { label, ending, note, sum, per } }: { choice: Choice }) {
  return (
    <>
      <span className="choice__name">
        {label}
        {ending ? <i>{ending}</i> : null}
        {note ? <span className="choice__note">{note}</span> : null}
      </span>
      {sum ? (
        <span className="choice__price">
          {sum} <small>{per}</small>
        </span>
      ) : null}
    </>
  );
}
