import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { asTyped, TextField } from "@/components/field.tsx";
import { TextAreaField } from "@/components/text-area.tsx";
import { Ticks } from "@/components/tick.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import { mostText, reportKinds, type TypedReport } from "@/lib/reports/read-report.ts";
import { mostTyped } from "../_frame/most-typed.ts";

interface ReportFormProps {
  readonly action: (form: FormData) => Promise<void>;
  /** The home it is reported from. */
  readonly home?: string;
  readonly typed: TypedReport;
  readonly wrongs: readonly Wrong[];
  /** The heading, and what is said before the fields. */
  readonly children: ReactNode;
}

/** What is wrong, with whom, and where an answer goes. */
export async function ReportForm({ action, home, typed, wrongs, children }: ReportFormProps) {
  const [t, frame] = [await getTranslations("report"), await getTranslations("frame")];
  const wrong = (at: keyof TypedReport) => {
    const found = wrongAt(wrongs, at);
    return found ? { wrong: found } : {};
  };
  return (
    <>
      {wrongs.length > 0 ? <ErrorSummary heading={frame("problems", { n: wrongs.length })} wrongs={wrongs} /> : null}
      {children}
      <form className="stack stack--5" action={action} noValidate>
        {home ? <input type="hidden" name="home" value={home} /> : null}
        <TextField
          id="about"
          label={t("about")}
          hint={t("aboutHint")}
          defaultValue={typed.about}
          maxLength={mostTyped}
          {...asTyped}
          {...wrong("about")}
        />
        <Ticks
          id="kind"
          name="kind"
          legend={t("kind")}
          value={typed.kind}
          options={reportKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
          lines
          {...wrong("kind")}
        />
        <TextAreaField
          id="text"
          label={t("text")}
          hint={t("textHint", { most: mostText })}
          maxLength={mostText}
          defaultValue={typed.text}
          {...wrong("text")}
        />
        <TextField
          id="email"
          type="email"
          autoComplete="email"
          label={t("email")}
          hint={t("emailHint")}
          defaultValue={typed.email}
          maxLength={mostTyped}
          {...wrong("email")}
        />
        <Button wide>{t("send")}</Button>
      </form>
    </>
  );
}
