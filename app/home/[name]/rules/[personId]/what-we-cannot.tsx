import { getTranslations } from "next-intl/server";
import { Bullets } from "@/components/bullets.tsx";
import { Stack } from "@/components/stack.tsx";
import type { RulesView } from "@/lib/households/rules/describe-rules.ts";

const limits = ["elsewhere", "passOn", "pose", "moments", "sealed"] as const;
/** Whoever may be in any room leaves none by itself. */
const limitsOf = ({ rooms }: RulesView["rules"]) =>
  limits.filter((one) => one !== "moments" || rooms.join === "contacts");

/** What no rule of a home can do, said to those who rely on it. */
export async function WhatWeCannot({ child: { given, rules } }: { child: RulesView }) {
  const t = await getTranslations("family.rules");
  return (
    <Stack as="section" gap={3} labelledBy="cannot">
      <h2 id="cannot">{t("cannot")}</h2>
      <p className="muted">{t("cannotLead")}</p>
      <Bullets points={limitsOf(rules).map((limit) => ({ icon: "info", text: t(`cannots.${limit}`, { given }) }))} />
    </Stack>
  );
}
