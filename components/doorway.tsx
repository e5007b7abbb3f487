import { Plate } from "./plate.tsx";

/** A raised panel of the door: cut edge, shadow above, light below, the field inside. */
function Panel({ x, y, height }: { x: number; y: number; height: number }) {
  const [right, bottom] = [x + 120, y + height];
  const [innerX, innerY, innerHeight] = [x + 12, y + 12, height - 24];
  return (
    <>
      <rect x={x} y={y} width="120" height={height} rx="2" fill="var(--np-door-deep)" opacity=".55" />
      <path d={`M${x} ${bottom}V${y}H${right}`} fill="none" stroke="#000" strokeOpacity=".45" strokeWidth="3" />
      <path d={`M${right} ${y}V${bottom}H${x}`} fill="none" stroke="#fff" strokeOpacity=".13" strokeWidth="2" />
      <rect
        x={innerX}
        y={innerY}
        width="96"
        height={innerHeight}
        fill="var(--np-door)"
        stroke="#fff"
        strokeOpacity=".1"
        strokeWidth="1.5"
      />
      <path
        d={`M${innerX} ${innerY + innerHeight}h96v-${innerHeight}`}
        fill="none"
        stroke="#000"
        strokeOpacity=".35"
        strokeWidth="2"
      />
    </>
  );
}

function Shades() {
  return (
    <defs>
      <linearGradient id="glass" x1="0" x2="0" y1="0" y2="1">
        <stop stopColor="var(--np-plate-hi)" stopOpacity=".55" />
        <stop offset="1" stopColor="var(--np-plate-hi)" />
      </linearGradient>
      <radialGradient id="knob" cx=".35" cy=".3" r=".8">
        <stop stopColor="var(--np-plate-hi)" />
        <stop offset=".55" stopColor="var(--np-plate)" />
        <stop offset="1" stopColor="var(--np-plate-lo)" />
      </radialGradient>
      <linearGradient id="leaf" x1="0" x2="1">
        <stop stopColor="#fff" stopOpacity=".05" />
        <stop offset=".5" stopColor="#fff" stopOpacity="0" />
        <stop offset="1" stopColor="#000" stopOpacity=".18" />
      </linearGradient>
    </defs>
  );
}

/** The wall's moulding, the dark frame, and the fanlight with its rays. */
function Frame() {
  return (
    <>
      <path d="M0 600V28Q0 0 28 0H372Q400 0 400 28V600z" fill="var(--np-sunk)" />
      <path d="M14 600V34Q14 14 34 14H366Q386 14 386 34V600" fill="none" stroke="var(--np-line)" strokeWidth="2" />
      <path d="M32 600V44Q32 32 44 32H356Q368 32 368 44V600z" fill="#0b1712" />
      <path d="M44 110V50Q44 44 50 44H350Q356 44 356 50V110z" fill="url(#glass)" />
      <path
        d="M200 110 200 44M200 110 92 44M200 110 308 44M200 110 44 78M200 110 356 78"
        stroke="var(--np-door-deep)"
        strokeWidth="4"
      />
      <path d="M150 110a50 50 0 0 1 100 0z" fill="var(--np-door-deep)" />
      <path d="M162 110a38 38 0 0 1 76 0z" fill="url(#glass)" />
    </>
  );
}

function Knob() {
  return (
    <>
      <circle cx="200" cy="377" r="21" fill="#000" opacity=".3" />
      <circle cx="200" cy="373" r="20" fill="var(--np-plate-lo)" />
      <circle cx="200" cy="373" r="14.5" fill="url(#knob)" stroke="#5c430f" strokeOpacity=".5" />
    </>
  );
}

/** The front door of the front page, with a name on it. Drawn by hand: there is no picture to load. */
export function Doorway({ name }: { name: string }) {
  return (
    <div className="doorway">
      <svg viewBox="0 0 400 600" aria-hidden="true" focusable="false">
        <Shades />
        <Frame />
        <rect x="40" y="122" width="320" height="478" fill="var(--np-door)" />
        <rect x="40" y="122" width="320" height="478" fill="url(#leaf)" />
        <Panel x={66} y={146} height={96} />
        <Panel x={214} y={146} height={96} />
        <Panel x={66} y={326} height={232} />
        <Panel x={214} y={326} height={232} />
        <Knob />
        <rect x="40" y="574" width="320" height="26" fill="var(--np-plate)" opacity=".9" />
        <rect x="40" y="574" width="320" height="2" fill="#fff" opacity=".35" />
      </svg>
      <Plate name={name} />
    </div>
  );
}
