import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { ErrorSummary } from "./error-summary.tsx";
import { Icon } from "./icon.tsx";
import { PageHeading } from "./page-heading.tsx";
import { Progress, type WizardStep } from "./progress.tsx";
import type { Wrong } from "./wrong.ts";

interface WizardPageProps {
  readonly step: WizardStep;
  readonly stepWords: string;
  readonly back?: { readonly href: string; readonly label: string };
  /** Changes with each try, so that the summary takes the focus each time. */
  readonly attempt?: number | string;
  readonly problems?: { readonly heading: string; readonly wrongs: readonly Wrong[] };
  /** Above the heading: what the reader must know first. */
  readonly notice?: ReactNode;
  readonly heading: string;
  readonly lead?: ReactNode;
  readonly aside: ReactNode;
  /** On set-up and "You're home" the plate comes first on a phone. */
  readonly plateFirst?: boolean;
  readonly children: ReactNode;
}

/** A screen of the wizard: back, how far, what is wrong, one question; the plate and the bill beside it. */
export function WizardPage(props: WizardPageProps) {
  const { step, stepWords, back, attempt, problems, notice, heading, lead, aside, plateFirst, children } = props;
  const wrong = problems !== undefined && problems.wrongs.length > 0;
  return (
    <div className="wrap page">
      <div className={cx("beside", plateFirst && "beside--plate-first")}>
        <div className="stack stack--6">
          <div className="stack stack--3">
            {back ? (
              <div>
                <Link className="top__link gap-1.5" href={back.href} prefetch={false}>
                  <Icon name="arrow-left" /> {back.label}
                </Link>
              </div>
            ) : null}
            <Progress step={step} words={stepWords} />
          </div>
          {wrong ? (
            <ErrorSummary key={`problems ${attempt}`} heading={problems.heading} wrongs={problems.wrongs} />
          ) : null}
          {notice}
          {lead ? (
            <div className="stack stack--3">
              <PageHeading quiet={wrong}>{heading}</PageHeading>
              {lead}
            </div>
          ) : (
            <PageHeading quiet={wrong}>{heading}</PageHeading>
          )}
          {children}
        </div>
        {aside}
      </div>
    </div>
  );
}
