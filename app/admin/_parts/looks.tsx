import { getTranslations } from "next-intl/server";
import { Chip, type Tone } from "@/components/chip.tsx";
import type { IconName } from "@/components/icon.tsx";
import type { FamilyState } from "@/lib/staff/families-sql.ts";
import type { StaffStep } from "@/lib/staff/tenant-facts.ts";

interface Look {
  readonly tone?: Tone;
  readonly icon?: IconName;
}

const ofFamily: Record<FamilyState, Look> = {
  blocked: { tone: "bad", icon: "hand" },
  "refund-refused": { tone: "bad", icon: "undo-2" },
  lost: { tone: "wait", icon: "undo-2" },
  waiting: { tone: "wait", icon: "clock" },
  changing: { tone: "brass", icon: "rotate-cw" },
  settled: { tone: "good", icon: "check" },
  unpaid: {},
  over: {},
};

const ofStep: Record<StaffStep["state"], Look> = {
  none: {},
  todo: {},
  running: { tone: "brass", icon: "rotate-cw" },
  changes: { tone: "brass", icon: "rotate-cw" },
  settled: { tone: "good", icon: "check" },
  waiting: { tone: "wait", icon: "clock" },
  blocked: { tone: "bad", icon: "hand" },
};

export async function FamilyChip({ state }: { state: FamilyState }) {
  const t = await getTranslations("staff.state");
  return <Chip {...ofFamily[state]}>{t(state)}</Chip>;
}

export async function StepChip({ state }: { state: StaffStep["state"] }) {
  const t = await getTranslations("staff.step");
  return <Chip {...ofStep[state]}>{t(state)}</Chip>;
}

/** The bar at a row's edge: red for what needs a person, amber for what waits. */
export function edgeOf(state: FamilyState | StaffStep["state"]): "bad" | "wait" | undefined {
  if (state === "blocked" || state === "refund-refused") return "bad";
  return state === "waiting" || state === "lost" ? "wait" : undefined;
}
