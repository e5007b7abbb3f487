/** Streams of one caller: a family behind one router, each with a few tabs. */
const mostOfOne = 20;
/** Streams of one process: each holds a connection, and reads a row at each change. */
const mostInAll = 5000;

const taken = new Map<string, number>();
let all = 0;

/** Takes a place for one stream. Undefined when there is none; else call what is returned, once, when the stream ends. */
export function takeSeat(who: string): (() => void) | undefined {
  const n = taken.get(who) ?? 0;
  if (n >= mostOfOne || all >= mostInAll) return undefined;
  taken.set(who, n + 1);
  all += 1;
  let held = true;
  return () => {
    if (!held) return;
    held = false;
    all -= 1;
    const left = (taken.get(who) ?? 1) - 1;
    if (left > 0) taken.set(who, left);
    else taken.delete(who);
  };
}
