import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { rich } from "@/components/rich.tsx";
import { isOwnersTurn, type WatchView } from "@/lib/orders/describe-watch.ts";
import type { StepView } from "@/lib/tenants/describe-steps.ts";
import { sayer } from "../../../_frame/say.ts";
import { day, moment } from "../../../_frame/write.ts";
import { pressedLinkAction } from "./actions.ts";
import { reasonWords } from "./reason-words.ts";

interface NoticeProps {
  readonly view: WatchView;
  readonly now: Date;
}

/** What only the buyer can do. */
export function NeedsYou({ view, now }: NoticeProps) {
  const step = view.steps.find(isOwnersTurn);
  if (!step) return null;
  return step.code === "confirm-email" ? <ConfirmEmail view={view} step={step} now={now} /> : <Refused step={step} />;
}

async function ConfirmEmail({ view, step, now }: NoticeProps & { step: StepView }) {
  const t = await getTranslations("watch.confirm");
  const date = view.answerBy ? day(new Date(view.answerBy)) : "";
  const link = (chunks: ReactNode) => (
    <Link href="/help" prefetch={false}>
      {chunks}
    </Link>
  );
  return (
    <Notice tone="wait" icon="hand" heading={t("heading", { date })} gap={3}>
      <p>{t.rich("text", { ...rich, mail: view.ownerMail })}</p>
      <p>{t.rich("junk", { link })}</p>
      <form action={pressedLinkAction}>
        <Button small>{t("button")}</Button>
      </form>
      {step.lookedAt ? <p className="small">{t("looked", { time: moment(new Date(step.lookedAt), now) })}</p> : null}
    </Notice>
  );
}

async function Refused({ step }: { step: StepView }) {
  const t = await getTranslations("watch.refused");
  return (
    <Notice tone="wait" icon="hand" heading={t("heading")} gap={3}>
      <p>{t("text", { words: String(step.values["words"] ?? "") })}</p>
      <div>
        <ButtonLink href="/start/watch/deed" small>
          {t("button")}
        </ButtonLink>
      </div>
    </Notice>
  );
}

/** Steps that wait for nobody but the registry's answer to the order. */
const apart = ["homeserver", "owner"];

/** What happened, what we do about it, when we look next, and that nothing is needed. */
export async function Slow({ view, now }: NoticeProps) {
  const [t, say] = [await getTranslations("watch.slow"), await sayer()];
  const slow = slowest(view.steps);
  if (!slow) return null;
  const registry = slow.name === "domain";
  const built = registry && view.steps.every((step) => !apart.includes(step.name) || step.state === "done");
  const words = { ...reasonWords(slow, view, say, now) };
  return (
    <Notice tone="wait" icon="clock" heading={t(headingOf(slow))}>
      <p>{t.rich("what", { ...rich, ...words })}</p>
      <p>{t.rich(built ? "doingBuilt" : "doing", { ...rich, ...words })}</p>
      <p>{t.rich("you", { ...rich, ...words })}</p>
    </Notice>
  );
}

/** The step that holds the others up. */
const slowest = (steps: readonly StepView[]): StepView | undefined =>
  steps.find((step) => step.state === "blocked") ??
  steps.find((step) => step.state === "waiting") ??
  steps.find((step) => step.state === "running") ??
  steps.find((step) => step.state === "todo");

function headingOf({ state, code, name }: StepView): "person" | "queue" | "registry" | "other" {
  if (state === "blocked") return "person";
  if (code === "busy") return "queue";
  return name === "domain" ? "registry" : "other";
}
