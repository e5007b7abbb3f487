import type { ReactNode } from "react";
import { Mount } from "./mount.tsx";
import { Plate } from "./plate.tsx";
import { type PriceLine, PriceLines } from "./price-lines.tsx";

export interface OrderAsideProps {
  readonly label: string;
  readonly plate: { readonly text: string; readonly blank?: boolean };
  readonly bill?: { readonly lines: readonly PriceLine[]; readonly total: PriceLine } | undefined;
  readonly note?: string | undefined;
  readonly children?: ReactNode;
}

/** Beside each screen of the wizard: the plate as it will be, and the whole bill. */
export function OrderAside({ label, plate, bill, note, children }: OrderAsideProps) {
  return (
    <aside aria-labelledby="so-far" className="stack stack--4">
      <Mount>
        <Plate name={plate.text} blank={plate.blank} />
      </Mount>
      <h2 id="so-far" className="hidden">
        {label}
      </h2>
      {bill ? <PriceLines lines={bill.lines} total={bill.total} /> : null}
      {children}
      {note ? <p className="small muted">{note}</p> : null}
    </aside>
  );
}
