import { encode } from "uqr";

/** Runs of dark modules as one path: a row of squares costs a few letters instead of an element each. */
function path(modules: readonly (readonly boolean[])[]): string {
  return modules
    .map((row, y) => {
      let drawn = "";
      for (let x = 0; x < row.length; x++) {
        if (!row[x]) continue;
        const begin = x;
        while (row[x + 1]) x++;
        drawn += `M${begin} ${y}h${x - begin + 1}v1h-${x - begin + 1}z`;
      }
      return drawn;
    })
    .join("");
}

/** A square to scan, black on white by day and by night. The same link must stand beside it, written out. */
export function QrCard({ link, label }: { link: string; label: string }) {
  // Four modules of quiet around it, as the standard asks; a quarter of it may be dirty and it still reads.
  const { data, size } = encode(link, { ecc: "M", border: 4 });
  return (
    <div className="qr">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
        <path d={path(data)} fill="#000" />
      </svg>
    </div>
  );
}
