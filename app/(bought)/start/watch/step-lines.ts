import type { StepLine } from "@/components/step-list.tsx";
import type { Said } from "@/lib/errors.ts";
import { isOwnersTurn, type WatchView } from "@/lib/orders/describe-watch.ts";
import type { StepView } from "@/lib/tenants/describe-steps.ts";
import type { Say } from "../../../_frame/say.ts";
import { day, moment, timeToSecond } from "../../../_frame/write.ts";

/** Codes that say no more than that nobody answered. */
const silent = new Set(["unreachable", "away-for-a-day", "bug"]);
/** Codes with which nothing was asked yet, as far as anybody knows: what we are trying to do is all that is certain. */
const unasked = new Set([...silent, "busy"]);
/** Looked at again within so many seconds: "every few seconds" is more use than a time that is over when it is read. */
const soonSeconds = 60;

/** Under way for so many seconds: nobody would call that "a few" any more. */
const longSeconds = 60;

/** Each step as one sentence with its state and a note. */
export function stepLines(view: WatchView, say: Say, now: Date): readonly StepLine[] {
  return view.steps.map((found) => {
    const step = { ...found, state: stateOf(found, now) };
    // What only we can mend is no task of the reader's.
    const look = step.state === "blocked" && !isOwnersTurn(step) ? "waiting" : step.state;
    return {
      key: step.name,
      look,
      text: say(sentenceOf(step, view)),
      state: say({ key: `watch.look.${look}` }),
      note: noteOf(step, say, now),
    };
  });
}

/** A step that is at work for long waits for something, whatever it is. */
function stateOf({ state, since }: StepView, now: Date): StepView["state"] {
  const seconds = since ? (now.getTime() - new Date(since).getTime()) / 1000 : 0;
  return state === "running" && seconds > longSeconds ? "waiting" : state;
}

export function sentenceOf(step: StepView, view: WatchView): Said {
  const values = {
    ...step.values,
    name: view.name,
    full: view.full,
    id: `@${view.part}:${view.name}`,
    until: view.registeredUntil ? day(new Date(view.registeredUntil)) : "",
  };
  return { key: `watch.steps.${step.name}.${variantOf(step, view)}`, values };
}

function variantOf(step: StepView, view: WatchView): string {
  if (step.name === "domain") {
    if (step.state === "blocked" && (isOwnersTurn(step) || step.code === "name-lost")) return step.code ?? "blocked";
    if (step.state === "done" && !view.registeredUntil) return "doneUndated";
  }
  return step.state === "waiting" && unasked.has(step.code ?? "") ? "running" : step.state;
}

function noteOf(step: StepView, say: Say, now: Date): string | undefined {
  const at = (iso: string | null) => (iso ? moment(new Date(iso), now) : "");
  const note = (key: string, values: Said["values"] = {}) => say({ key: `watch.notes.${key}`, values });
  switch (step.state) {
    case "todo":
      return undefined;
    case "done":
      return step.since ? timeToSecond(new Date(step.since)) : undefined;
    case "running":
      return step.values["m"] === undefined ? note("seconds") : note("seen", step.values);
    case "waiting":
    case "blocked": {
      if (isOwnersTurn(step)) return note(step.code ?? "confirm-email");
      if (step.state === "blocked") return note("person");
      if (step.values["m"] !== undefined) return note("seen", step.values);
      if (step.code === "busy") return note("busy", { minutes: minutesLeft(step, now) });
      const [a, b] = [at(step.since), at(step.lookedAt)];
      const looked = silent.has(step.code ?? "") ? note("noAnswer", { b }) : note("asked", { a, b });
      return `${looked} ${nextLook(step, say, now)}`;
    }
  }
}

/** Until the step's turn comes. */
export const minutesLeft = ({ checkAt }: StepView, now: Date): number =>
  checkAt ? Math.max(1, Math.ceil((new Date(checkAt).getTime() - now.getTime()) / 60_000)) : 1;

/** When we look next. */
export function nextLook(step: StepView, say: Say, now: Date): string {
  if (!step.checkAt || !step.lookedAt) return say({ key: "watch.notes.soon" });
  const next = new Date(step.checkAt);
  const seconds = (next.getTime() - new Date(step.lookedAt).getTime()) / 1000;
  return seconds <= soonSeconds
    ? say({ key: "watch.notes.soon" })
    : say({ key: "watch.notes.next", values: { next: moment(next, now) } });
}
