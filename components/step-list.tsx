import { Icon, type IconName } from "./icon.tsx";

export type StepLook = "done" | "running" | "waiting" | "blocked" | "todo";
export interface StepLine {
  readonly key: string;
  readonly look: StepLook;
  readonly text: string;
  /** Read before the note: "Done.", "Under way." */
  readonly state: string;
  readonly note?: string;
}

const icons: Partial<Record<StepLook, IconName>> = { done: "check", waiting: "clock", blocked: "hand" };
/** The shape says it already; these words are for those who do not see it. */
const unsaid: readonly StepLook[] = ["done", "todo"];

/** Work that goes on by itself. Not live: one `role=status` sentence above it changes instead. */
export function StepList({ label, steps }: { label: string; steps: readonly StepLine[] }) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step) => {
        const icon = icons[step.look];
        return (
          <li className="step" data-state={step.look} key={step.key}>
            <span className="step__dot" aria-hidden="true">
              {icon ? <Icon name={icon} /> : null}
            </span>
            <div className="step__text">
              <p>{step.text}</p>
              <p className="step__state">
                {unsaid.includes(step.look) ? <span className="hidden">{step.state} </span> : `${step.state} `}
                {step.note}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
