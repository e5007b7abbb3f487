import { getTranslations } from "next-intl/server";
import { Bullets } from "@/components/bullets.tsx";
import { Stack } from "@/components/stack.tsx";

const cans = ["asks", "rules", "cards", "sees"] as const;
const cannots = ["read", "bill", "people", "out"] as const;

/** What is given by asking somebody, and taken by saying yes: the same words for both. Only what is so today may stand here. */
export async function WhatAParentCan() {
  const t = await getTranslations("family.parents");
  return (
    <section className="halves" aria-label={t("can")}>
      <Stack gap={3} className="card">
        <h2 className="heading-plain">{t("can")}</h2>
        <Bullets points={cans.map((key) => ({ icon: "check", text: t(`cans.${key}`) }))} small />
      </Stack>
      <Stack gap={3} className="card">
        <h2 className="heading-plain">{t("cannot")}</h2>
        <Bullets points={cannots.map((key) => ({ icon: "lock-keyhole", text: t(`cannots.${key}`) }))} small />
      </Stack>
    </section>
  );
}
