import type { ReactNode } from "react";
import { PageHeading } from "./page-heading.tsx";
import { Stack } from "./stack.tsx";

interface TextPageProps {
  readonly heading: string;
  readonly lead: string;
  readonly sections: readonly { readonly id: string; readonly heading: string; readonly text: ReactNode }[];
  /** Between the lead and the sections. */
  readonly children?: ReactNode;
}

/** Help, terms and the like: what it is in one sentence, then short sections one can be sent to. */
export function TextPage({ heading, lead, sections, children }: TextPageProps) {
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <Stack gap={3}>
        <PageHeading>{heading}</PageHeading>
        <p className="lead">{lead}</p>
      </Stack>
      {children}
      {sections.map((section) => (
        <section key={section.id} id={section.id} className="stack stack--2" aria-labelledby={`${section.id}-h`}>
          <h2 id={`${section.id}-h`}>{section.heading}</h2>
          <p>{section.text}</p>
        </section>
      ))}
    </Stack>
  );
}
