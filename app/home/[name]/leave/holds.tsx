import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import type { LeaveView } from "@/lib/households/describe-leave.ts";
import { day } from "../../../_frame/write.ts";

/** Everything that holds the name here, each with when it ends, where that is known. */
export async function Holds({ leave: { holds, state } }: { leave: LeaveView }) {
  if (holds.length === 0) return null;
  const t = await getTranslations("family.leave");
  return (
    <Notice tone="wait" icon="clock" heading={t(state === "none" ? "held" : "heldAsked")}>
      {holds.map(({ code, until }) => (
        <p key={code}>{t(`holds.${code}`, { date: until ? day(until) : "" })}</p>
      ))}
    </Notice>
  );
}
