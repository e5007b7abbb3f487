import { getTranslations } from "next-intl/server";
import type { AlertLine } from "@/lib/staff/list-alerts.ts";

/** What an alert is about, in a few staff words: of a step its name and the reason's code, as the engine has them. */
export async function alertWords({ step, code }: Pick<AlertLine, "step" | "code">): Promise<string> {
  const [t, event] = [await getTranslations("staff.alerts.code"), await getTranslations("staff.event")];
  if (step !== null) return event("alertStep", { step, code });
  return t.has(code as "late") ? t(code as "late") : code;
}
