const steps = [1, 2, 3, 4, 5, 6, 7] as const;
export type WizardStep = (typeof steps)[number];

/** How far they have come: in words, and as a bar for the eye. */
export function Progress({ step, words }: { step: WizardStep; words: string }) {
  return (
    <div className="progress">
      <p className="eyebrow">{words}</p>
      <div className="progress__bar" aria-hidden="true">
        {steps.map((one) => (
          <i key={one} className={one <= step ? "on" : undefined} />
        ))}
      </div>
    </div>
  );
}
