interface PlotProps {
  /** All figures in words: what those hear who do not see it. */
  readonly label: string;
  /** Two figures each, the oldest first. */
  readonly points: readonly (readonly [number, number])[];
  /** What the first and the last are of, written out. */
  readonly begin: string;
  readonly end: string;
  readonly keys: readonly [string, string];
  /** The least that the picture is high. */
  readonly least: number;
  readonly mark?: (value: number) => string;
}

/** The picture's own measures: a margin for the numbers on the left, and for the days below. */
const frame = { left: 30, right: 294, top: 10, bottom: 78 };
const colors = ["var(--np-plot-1)", "var(--np-plot-2)"] as const;

/** A third of the height: of 1, 2 or 5 tens, hundreds, ..., so that each mark is a round number. */
function thirdOf(most: number): number {
  const ten = 10 ** Math.floor(Math.log10(most / 3));
  return ([1, 2, 5, 10].find((n) => n * ten * 3 >= most) ?? 10) * ten;
}

/** Two lines over time. */
export function Plot({ label, points, begin, end, keys, least, mark = String }: PlotProps) {
  const all = points.flat();
  const third = thirdOf(Math.max(least, ...all.map(Math.abs)));
  // Below zero only as far as something is.
  const [top, low] = [3 * third, third * Math.floor(Math.min(0, ...all) / third)];
  const y = (value: number): number => frame.bottom - ((value - low) / (top - low)) * (frame.bottom - frame.top);
  const x = (n: number): number =>
    points.length === 1 ? frame.left : frame.left + (n / (points.length - 1)) * (frame.right - frame.left);
  const line = (which: 0 | 1): string =>
    points.map((point, n) => `${x(n).toFixed(1)},${y(point[which]).toFixed(1)}`).join(" ");
  const marks = Array.from({ length: (top - low) / third + 1 }, (_, n) => low + n * third);
  return (
    <>
      <svg className="plot" viewBox="0 0 300 98" role="img" aria-label={label}>
        <g stroke="var(--np-line)">
          {marks.map((one) => (
            <path key={one} d={`M${frame.left} ${y(one)}H${frame.right}`} />
          ))}
        </g>
        {marks.map((one) => (
          <text key={one} x="24" y={y(one) + 4} textAnchor="end">
            {mark(one)}
          </text>
        ))}
        <Line points={line(1)} color={colors[1]} dashed />
        <Line points={line(0)} color={colors[0]} />
        <text x={frame.left} y="94">
          {begin}
        </text>
        {points.length > 1 ? (
          <text x={frame.right} y="94" textAnchor="end">
            {end}
          </text>
        ) : null}
      </svg>
      <p className="small row row--tight">
        <Key color={colors[0]}>{keys[0]}</Key>
        <Key color={colors[1]} dashed>
          {keys[1]}
        </Key>
      </p>
    </>
  );
}

/** One point is a dot. */
function Line({ points, color, dashed }: { points: string; color: string; dashed?: boolean }) {
  const [only, more] = points.split(" ");
  if (more === undefined) {
    const [cx, cy] = (only ?? "").split(",");
    return <circle cx={cx} cy={cy} r="3" fill={color} />;
  }
  return (
    <polyline
      fill="none"
      stroke={color}
      strokeWidth="2"
      strokeLinejoin="round"
      strokeDasharray={dashed ? "5 3" : undefined}
      points={points}
    />
  );
}

function Key({ color, dashed, children }: { color: string; dashed?: boolean; children: string }) {
  return (
    <span className="plotkey">
      <svg width="20" height="6" aria-hidden="true">
        <path d="M0 3h20" stroke={color} strokeWidth="2.5" strokeDasharray={dashed ? "5 3" : undefined} />
      </svg>
      {children}
    </span>
  );
}
