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
import { nextLook } from "./step-lines.ts";

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

/** What we do about a delay, when we look next, and that nothing is needed. */
export async function Slow({ view, now }: NoticeProps) {
  const [t, say] = [await getTranslations("watch.slow"), await sayer()];
  const slow =
    view.steps.find((step) => step.state === "blocked") ??
    view.steps.find((step) => step.state === "waiting" || step.state === "running");
  if (slow?.state === "blocked") {
    return (
      <Notice tone="wait" icon="clock" heading={t("person")}>
        <p>{t.rich("doingPerson", rich)}</p>
        <p>{t.rich("you", rich)}</p>
      </Notice>
    );
  }
  const registry = slow?.name === "domain";
  const built = view.steps.every((step) => !apart.includes(step.name) || step.state === "done");
  const next = slow ? nextLook(slow, say, now) : say({ key: "watch.notes.soon" });
  return (
    <Notice tone="wait" icon="clock" heading={t(registry ? "registry" : "other")}>
      <p>{t.rich(registry && built ? "doingBuilt" : "doing", { ...rich, next })}</p>
      <p>{t.rich("you", rich)}</p>
    </Notice>
  );
}
