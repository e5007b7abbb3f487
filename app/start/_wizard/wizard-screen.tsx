import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import type { WizardStep } from "@/components/progress.tsx";
import { WizardPage } from "@/components/wizard-page.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { Note, type Query } from "./note.tsx";

interface WizardScreenProps {
  readonly step: WizardStep;
  readonly back: string;
  readonly heading: string;
  readonly lead?: string;
  readonly wrongs: readonly Wrong[];
  /** Changes with each try, so that the error summary takes the focus again. */
  readonly attempt: number | string;
  readonly query: Query;
  /** In place of what the address says, when the screen knows better. */
  readonly notice?: ReactNode;
  readonly aside: ReactNode;
  readonly children: ReactNode;
}

/** A screen of the wizard in the reader's words. */
export async function WizardScreen({
  step,
  back,
  heading,
  lead,
  wrongs,
  attempt,
  query,
  notice,
  aside,
  children,
}: WizardScreenProps) {
  const t = await getTranslations("frame");
  return (
    <WizardPage
      step={step}
      stepWords={t("step", { n: step })}
      back={{ href: back, label: t("back") }}
      heading={heading}
      lead={lead ? <p className="muted">{lead}</p> : undefined}
      problems={{ heading: t("problems", { n: wrongs.length }), wrongs }}
      attempt={attempt}
      notice={notice ?? <Note query={query} />}
      aside={aside}
    >
      {children}
    </WizardPage>
  );
}
