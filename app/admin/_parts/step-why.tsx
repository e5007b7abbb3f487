import { getTranslations } from "next-intl/server";
import { reasonWords } from "@/app/(bought)/start/watch/reason-words.ts";
import { sentenceOf } from "@/app/(bought)/start/watch/step-lines.ts";
import { Notice } from "@/components/notice.tsx";
import type { StepDetail } from "@/lib/staff/describe-step.ts";
import { web } from "@/lib/web.ts";
import { sayer } from "../../_frame/say.ts";
import { finding } from "./finding.ts";
import { exactTime } from "./times.ts";

/** The reason in staff words, and what it means. */
export async function StepWhy({ detail }: { detail: StepDetail }) {
  const { step, email } = detail;
  const [t, meaning] = [await getTranslations("staff.detail"), await getTranslations("staff.meaning")];
  const known = step.code ? meaning(step.code, { email: email ?? "" }) : undefined;
  const bad = step.state === "blocked";
  return (
    <Notice
      tone={bad ? "bad" : step.state === "waiting" ? "wait" : step.state === "settled" ? "good" : undefined}
      icon={bad ? "hand" : step.state === "waiting" ? "clock" : step.state === "settled" ? "check" : "info"}
      heading={t("found")}
    >
      <p>{await finding(step)}</p>
      {known ? <p>{known}</p> : null}
      {detail.press ? <p>{(await getTranslations("staff.press"))(detail.press)}</p> : null}
      <Identifiers detail={detail} />
      <CustomerReads detail={detail} />
    </Notice>
  );
}

/** What to name when one asks a vendor, or a colleague. */
async function Identifiers({ detail: { step, number, tenant } }: { detail: StepDetail }) {
  const t = await getTranslations("staff.detail");
  const values = { number: String(number).padStart(4, "0"), tenant: tenant.id };
  const words = step.lookedAt ? t("looked", { ...values, time: exactTime(step.lookedAt) }) : t("notLooked", values);
  return <p className="muted small">{words}</p>;
}

/** Until the home is ready the buyer watches it being made. */
async function CustomerReads({ detail: { watch, step } }: { detail: StepDetail }) {
  const shown = watch?.steps.find((one) => one.name === step.name);
  if (!watch || !shown) return null;
  const [t, say] = [await getTranslations("staff.detail"), await sayer()];
  const { what, doing } = reasonWords(shown, watch, say, web().world.clock.now());
  const held = shown.state === "blocked" || shown.state === "waiting";
  const words = held ? `${what} ${doing}` : say(sentenceOf(shown, watch));
  return <p className="muted small">{t("customerReads", { words })}</p>;
}
