import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { asksMoney } from "@/lib/billing/prices.ts";
import type { LeaveView } from "@/lib/households/describe-leave.ts";
import { day, time } from "../../../_frame/write.ts";
import { stopLeaveAction } from "./actions.ts";
import type { LeaveHere } from "./leaver.ts";
import { ProveAgain } from "./prove-again.tsx";
import { ShowCode } from "./show-code.tsx";

const dayOf = (date: Date | null): string => (date ? day(date) : "");
const timeOf = (date: Date | null): string => (date ? time(date) : "");

/** How far it is, what comes next, and the button that stops it. */
export async function OnItsWay({ here, sent }: { here: LeaveHere; sent: boolean }) {
  const t = await getTranslations("family.leave");
  const { leave, proven } = here;
  const { state, waitsUntil, doneBy } = leave;
  if (state === "left") return <Left leave={leave} />;
  if (state === "leaving")
    return (
      <Notice tone="brass" icon="clock" heading={t("leaving")}>
        <p>{t("leavingText")}</p>
      </Notice>
    );
  if (state !== "ready") {
    const until = state === "waits" ? waitsUntil : doneBy;
    const values = { date: dayOf(leave.askedAt), until: dayOf(until), time: timeOf(until) };
    return (
      <Notice tone="brass" icon="clock" heading={t(state === "waits" ? "waits" : "asked")}>
        <p>{t(state === "waits" ? "waitsText" : "askedText", values)}</p>
        <Stop leave={leave} />
      </Notice>
    );
  }
  const until = dayOf(leave.codeUntil);
  if (leave.tag)
    return (
      <Notice tone="good" icon="check" heading={t("readyTag", { tag: leave.tag })}>
        <p>{t("readyTagText", { tag: leave.tag, name: leave.name, until })}</p>
      </Notice>
    );
  const words = { show: t("show"), code: t("code"), text: t("codeText") };
  return (
    <>
      <Notice tone="good" icon="check" heading={t("ready")}>
        <p>{t("readyText", { until })}</p>
        {leave.shown ? <p>{t("shown")}</p> : null}
        {proven ? (
          <ShowCode name={leave.name} words={words}>
            <Stop leave={leave} />
          </ShowCode>
        ) : (
          <Stop leave={leave} />
        )}
      </Notice>
      {proven ? null : <ProveAgain here={here} from="leave" sent={sent} />}
    </>
  );
}

async function Stop({ leave }: { leave: LeaveView }) {
  if (!leave.mayStop) return null;
  const t = await getTranslations("family.leave");
  return (
    <form action={stopLeaveAction} className="stack stack--2">
      <input type="hidden" name="home" value={leave.name} />
      <p className="small muted">{t("stopText")}</p>
      <div>
        <Button kind="quiet" small>
          {t("stop")}
        </Button>
      </div>
    </form>
  );
}

async function Left({ leave }: { leave: LeaveView }) {
  const t = await getTranslations("family.leave");
  return (
    <Notice tone="good" icon="check" heading={t("left")}>
      <p>{t("leftText", { date: dayOf(leave.leftAt) })}</p>
      {asksMoney() ? (
        <p>
          {t("leftStop")} <Link href={`/home/${leave.name}/bill`}>{t("altogether")}</Link>
        </p>
      ) : null}
    </Notice>
  );
}
