export interface Choice {
  readonly value: string;
  /** The part of the name before its dot. */
  readonly label: string;
  /** The ending with its dot, in brass. */
  readonly ending: string;
  readonly note: string;
  readonly sum: string;
  readonly per: string;
}

interface ChoiceCardsProps {
  readonly name: string;
  readonly choices: readonly Choice[];
  readonly chosen: string | undefined;
  readonly onChoose?: (value: string) => void;
}

/** One of a few, each with its price: the whole card is the label. Goes inside a `fieldset`. */
export function ChoiceCards({ name, choices, chosen, onChoose }: ChoiceCardsProps) {
  return (
    <div className="choices">
      {choices.map((one, n) => (
        <label className="choice" key={one.value}>
          <input
            type="radio"
            id={n === 0 ? "choices" : undefined}
            name={name}
            value={one.value}
            defaultChecked={one.value === chosen}
            onChange={onChoose ? () => onChoose(one.value) : undefined}
          />
          <span className="choice__name">
            {one.label}
            <i>{one.ending}</i>
            <span className="choice__note">{one.note}</span>
          </span>
          <span className="choice__price">
            {one.sum} <small>{one.per}</small>
          </span>
        </label>
      ))}
    </div>
  );
}
