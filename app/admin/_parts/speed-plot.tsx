import type { SpeedOfDay } from "@/lib/staff/measure-speed.ts";

interface SpeedPlotProps {
  /** All figures in words: what those hear who do not see it. */
  readonly label: string;
  readonly days: readonly SpeedOfDay[];
  /** The first and the last day, written out. */
  readonly begin: string;
  readonly end: string;
  readonly keys: { readonly median: string; readonly p95: string };
}

/** The picture's own measures: a margin for the numbers on the left, and for the days below. */
const frame = { left: 30, right: 294, top: 10, bottom: 78 };

/** A round number of seconds that is at least as much, of which a third is round too. */
const topOf = (most: number): number => Math.max(30, Math.ceil(most / 30) * 30);

export function SpeedPlot({ label, days, begin, end, keys }: SpeedPlotProps) {
  const top = topOf(Math.max(...days.map((one) => one.p95)));
  const y = (seconds: number): number => frame.bottom - (seconds / top) * (frame.bottom - frame.top);
  const x = (n: number): number =>
    days.length === 1 ? frame.left : frame.left + (n / (days.length - 1)) * (frame.right - frame.left);
  const line = (value: (one: SpeedOfDay) => number): string =>
    days.map((one, n) => `${x(n).toFixed(1)},${y(value(one)).toFixed(1)}`).join(" ");
  const marks = [0, 1, 2, 3].map((third) => (top / 3) * third);
  return (
    <>
      <svg className="plot" viewBox="0 0 300 98" role="img" aria-label={label}>
        <g stroke="var(--np-line)">
          {marks.map((mark) => (
            <path key={mark} d={`M${frame.left} ${y(mark)}H${frame.right}`} />
          ))}
        </g>
        {marks.map((mark) => (
          <text key={mark} x="24" y={y(mark) + 4} textAnchor="end">
            {mark}
          </text>
        ))}
        <Line points={line((one) => one.p95)} color="var(--np-plot-2)" dashed />
        <Line points={line((one) => one.median)} color="var(--np-plot-1)" />
        <text x={frame.left} y="94">
          {begin}
        </text>
        {days.length > 1 ? (
          <text x={frame.right} y="94" textAnchor="end">
            {end}
          </text>
        ) : null}
      </svg>
      <p className="small row row--tight">
        <Key color="var(--np-plot-1)">{keys.median}</Key>
        <Key color="var(--np-plot-2)" dashed>
          {keys.p95}
        </Key>
      </p>
    </>
  );
}

/** One day is a dot. */
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
