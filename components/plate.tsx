import { Fragment } from "react";
import { cx } from "./cx.ts";

/** Longer names look like 80: by then their letters have stopped shrinking (app/styles/lengths.css). */
const longest = 80;
const length = (text: string) => Math.max(1, Math.min(longest, [...text].length));

/** An address may break after its colon, and nowhere else unless it must. */
function Breakable({ text }: { text: string }) {
  const [part, ...rest] = text.split(":");
  if (rest.length === 0) return text;
  return (
    <Fragment>
      {part}:<wbr />
      {rest.join(":")}
    </Fragment>
  );
}

interface PlateProps {
  /** The name or address engraved on it. */
  readonly name: string;
  /** A second, smaller line: the address under a person's name. */
  readonly id?: string;
  readonly large?: boolean;
  /** Nothing is chosen yet: the letters are faint. */
  readonly blank?: boolean;
  /** It has just become theirs: one sheen goes across. */
  readonly fresh?: boolean;
}

/** The brass plate: the one rich thing on a page, and only for a name or an address. Hang it on a `Mount`. */
export function Plate({ name, id, large, blank, fresh }: PlateProps) {
  const size = length(name);
  return (
    <p
      className={cx("plate", large && "plate--l", blank && "plate--blank", fresh && "plate--new")}
      data-n={size}
      data-m={id ? length(id) : undefined}
    >
      <span className="plate__name">
        <Breakable text={name} />
      </span>
      {id ? (
        <span className="plate__id">
          <Breakable text={id} />
        </span>
      ) : null}
    </p>
  );
}

/** The same in a line of staff text. */
export function SmallPlate({ name }: { name: string }) {
  return <span className="plate plate--s">{name}</span>;
}
