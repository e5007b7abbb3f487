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
          <span className="choice__name">
            {one.label}
            {one.ending ? <i>{one.ending}</i> : null}
            {one.note ? <span className="choice__note">{one.note}</span> : null}
          </span>
          {one.sum ? (
            <span className="choice__price">
              {one.sum} <small>{one.per}</small>
            </span>
          ) : null}
        </label>
      ))}
    </div>
  );
}
