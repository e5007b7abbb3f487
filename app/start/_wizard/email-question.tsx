import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Actions, Button } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { asTyped, TextField } from "@/components/field.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { sayer, wrongsOf } from "../../_frame/say.ts";
import { one, type Query } from "./note.tsx";

/** The only sentences the address of such a page may name. */
const errors = ["save.errors.emailEmpty", "save.errors.email", "save.errors.tooMany"];

/** What was wrong with the address, by the word in this page's own. */
export async function emailWrong(query: Query): Promise<Wrong | undefined> {
  const key = one((await query)["error"]);
  if (!errors.includes(key)) return undefined;
  const [wrong] = wrongsOf([{ at: "email", field: { key: "save.resume.email" }, say: { key } }], await sayer());
  return wrong;
}

interface EmailQuestionProps {
  readonly heading: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly wrong: Wrong | undefined;
  readonly action: (form: FormData) => Promise<void>;
  /** Between heading and form. */
  readonly children?: ReactNode;
  /** Beside the button. */
  readonly otherwise?: ReactNode;
}

/** One question: where should a link be sent? */
export async function EmailQuestion({
  heading,
  label,
  hint,
  value,
  wrong,
  action,
  children,
  otherwise,
}: EmailQuestionProps) {
  const [t, frame] = [await getTranslations("save"), await getTranslations("frame")];
  return (
    <Stack>
      {wrong ? <ErrorSummary key={value} heading={frame("problems", { n: 1 })} wrongs={[wrong]} /> : null}
      <PageHeading quiet={wrong !== undefined}>{heading}</PageHeading>
      {children}
      <form className="stack" action={action} noValidate>
        <TextField
          id="email"
          type="email"
          label={label}
          hint={hint}
          defaultValue={value}
          autoComplete="email"
          wrong={wrong}
          {...asTyped}
        />
        <Actions>
          <Button>{t("button")}</Button>
          {otherwise}
        </Actions>
      </form>
    </Stack>
  );
}
