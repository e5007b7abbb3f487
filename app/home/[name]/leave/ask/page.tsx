import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { asTyped, TextField } from "@/components/field.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { sayer, wrongsOf } from "../../../../_frame/say.ts";
import { titled } from "../../../../_frame/titled.ts";
import { one, type Query } from "../../../../start/_wizard/note.tsx";
import { askToLeaveAction } from "../actions.ts";
import { type LeaveHere, leaveHere } from "../leaver.ts";
import { ProveAgain } from "../prove-again.tsx";
import { WhyNot } from "../why-not.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

export async function generateMetadata({ params, searchParams }: PageProps): Promise<Metadata> {
  const { leave } = await leaveHere((await params).name);
  const t = await getTranslations("family.leave");
  return titled(t("askQuestion", { name: leave.name }), { wrong: one((await searchParams)["error"]) === "tag" });
}

/** Asks once more, of whoever has just shown that it is them. */
export default async function AskPage({ params, searchParams }: PageProps) {
  const here = await leaveHere((await params).name);
  const { leave, proven } = here;
  const page = `/home/${leave.name}/leave`;
  if (leave.state !== "none" || leave.holds.length > 0) redirect(page);
  const [t, query] = [await getTranslations("family.leave"), await searchParams];
  const [error, sent] = [one(query["error"]), one(query["sent"]) !== ""];
  return (
    <Stack gap={5} className="wrap wrap--text page">
      <PageHeading>{t("askQuestion", { name: leave.name })}</PageHeading>
      <p>{t(leave.by === "tag" ? "askTextTag" : "askText")}</p>
      {error === "tag" ? null : <WhyNot error={error} />}
      {proven ? <Ask leave={leave} wrongTag={error === "tag"} /> : <ProveAgain here={here} from="ask" sent={sent} />}
    </Stack>
  );
}

async function Ask({ leave, wrongTag }: { leave: LeaveHere["leave"]; wrongTag: boolean }) {
  const t = await getTranslations("family.leave");
  const problem = { at: "tag", field: { key: "family.leave.tag" }, say: { key: "family.leave.errors.tag" } };
  const wrong = wrongTag ? wrongsOf([problem], await sayer())[0] : undefined;
  return (
    <form className="stack stack--4" action={askToLeaveAction} noValidate>
      <input type="hidden" name="home" value={leave.name} />
      {leave.by === "tag" ? (
        <TextField
          id="tag"
          label={t("tag")}
          hint={t("tagHint")}
          width="short"
          maxLength={16}
          wrong={wrong}
          {...asTyped}
        />
      ) : null}
      <Actions>
        <Button kind="danger">{t("askYes")}</Button>
        <ButtonLink href={`/home/${leave.name}/leave`} kind="quiet">
          {t("askNo")}
        </ButtonLink>
      </Actions>
    </form>
  );
}
