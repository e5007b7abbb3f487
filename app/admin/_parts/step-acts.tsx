import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import type { StepDetail } from "@/lib/staff/describe-step.ts";
import { Act } from "./act.tsx";

/** Each button with what it will do, before it is pressed. */
export async function StepActs({ detail }: { detail: StepDetail }) {
  const [t, acts] = [await getTranslations("staff.detail"), await getTranslations("staff.do")];
  const { tenant, name, step, aside, mayAllow } = detail;
  return (
    <aside className="stack stack--4" aria-label={t("can")}>
      <Stack as="section" gap={3} className="card" labelledBy="can">
        <h2 id="can">{t("can")}</h2>
        {mayAllow ? (
          <>
            <Act act="allow-purchase" subject={tenant.id} name={name} held={step.detail ?? ""} />
            <p className="small muted">{acts("allow-purchaseHint")}</p>
          </>
        ) : null}
        <Act
          act="try-again"
          subject={tenant.id}
          name={name}
          step={step.name}
          aside={aside}
          kind={mayAllow ? "quiet" : "main"}
        />
        <p className="small muted">{acts("try-againHint")}</p>
        <Act act="look" subject={tenant.id} name={name} kind="quiet" />
        <p className="small muted">{acts("lookHint")}</p>
      </Stack>
    </aside>
  );
}
