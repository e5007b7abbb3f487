import type { Said } from "@/lib/errors.ts";
import type { WatchView } from "@/lib/orders/describe-watch.ts";
import type { StepView } from "@/lib/tenants/describe-steps.ts";
import type { Say } from "../../../_frame/say.ts";
import { minutesLeft, nextLook, sentenceOf } from "./step-lines.ts";

/** What the buyer is told of a step that is held up. */
export interface ReasonWords {
  readonly what: string;
  readonly doing: string;
  readonly you: string;
  readonly when: string;
}

/**
 * A reason's four sentences. What happened and what we do is said of each reason by itself; what they can do and when we
 * look again is the same for most. A step without a reason is at work: its own sentence says at what.
 */
export function reasonWords(step: StepView, view: WatchView, say: Say, now: Date): ReasonWords {
  const values: Said["values"] = {
    ...step.values,
    minutes: minutesLeft(step, now),
    name: view.name,
    mail: view.ownerMail,
    step: step.name,
    looks: step.checkAt || step.state !== "blocked" ? "yes" : "no",
    next: nextLook(step, say, now),
  };
  const part = (which: keyof ReasonWords): string => {
    const own = `reasons.of.${step.code}.${which}`;
    const key = step.code !== null && say.has(own) ? own : `reasons.others.${which}`;
    return say({ key: view.paid === null && say.has(`${key}Free`) ? `${key}Free` : key, values });
  };
  const what = step.code === null ? say(sentenceOf(step, view)) : part("what");
  return { what, doing: part("doing"), you: part("you"), when: part("when") };
}
