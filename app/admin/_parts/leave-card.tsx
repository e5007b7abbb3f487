import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Facts } from "@/components/facts.tsx";
import { Stack } from "@/components/stack.tsx";
import type { StaffLeave } from "@/lib/staff/staff-leave.ts";
import { Act } from "./act.tsx";
import { shortTime } from "./times.ts";

interface LeaveCardProps {
  readonly leave: StaffLeave;
  readonly name: string;
}

/** A family that takes its name elsewhere: how far it is, and what a person does at the registrar and here. */
export async function LeaveCard({ leave, name }: LeaveCardProps) {
  const t = await getTranslations("staff.leave");
  const times = { until: shortTime(leave.waitsUntil), due: shortTime(leave.doneBy), given: shortTime(leave.givenAt) };
  const facts = [
    { term: t("state"), fact: t(`states.${leave.state}`, times) },
    { term: t("asked"), fact: shortTime(leave.askedAt) },
    { term: t("tag"), fact: leave.tag ?? "" },
    { term: t("shown"), fact: shortTime(leave.shownAt) },
    { term: t("held"), fact: leave.holds.map((code) => t(`holds.${code}`)).join(", ") },
  ].filter(({ fact }) => fact !== "");
  return (
    <Stack as="section" gap={3} className="card" labelledBy="leave">
      <h2 id="leave">{t("heading")}</h2>
      <Facts facts={facts} small />
      <Steps leave={leave} name={name} />
      <Acts leave={leave} name={name} />
    </Stack>
  );
}

async function Steps({ leave: { state, by, tag }, name }: LeaveCardProps) {
  if (state !== "due" && state !== "lock") return null;
  const t = await getTranslations("staff.leave");
  const values = { name, tag: tag ?? "" };
  const steps =
    state === "lock"
      ? [t("lock1", values), t("lock2")]
      : by === "tag"
        ? [t("tag1", values), t("tag2", values), t("tag3")]
        : [t("code1", values), t("code2"), t("code3"), t("code4")];
  return (
    <>
      <h3>{t("steps")}</h3>
      <ol className="setup__steps stack stack--1 small">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </>
  );
}

async function Acts({ leave, name }: LeaveCardProps) {
  const t = await getTranslations("staff.leave");
  const again = (chunks: ReactNode) => (
    <Link href="/admin/prove?again=1" prefetch={false}>
      {chunks}
    </Link>
  );
  const code = leave.by === "code" ? { asksCode: t("codeLabel") } : {};
  const runs = leave.state === "waits" || leave.state === "due" || leave.state === "given";
  return (
    <>
      <div className="row row--tight">
        {leave.state === "due" ? <Act act="give-leave" subject={leave.id} name={name} {...code} /> : null}
        {leave.state === "lock" ? <Act act="lock-name" subject={leave.id} name={name} /> : null}
        {runs ? <Act act="stop-leave" subject={leave.id} name={name} kind="quiet" /> : null}
      </div>
      {leave.state === "due" ? <p className="small muted">{t.rich("prove", { again })}</p> : null}
    </>
  );
}
