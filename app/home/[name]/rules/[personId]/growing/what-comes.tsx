import { getTranslations } from "next-intl/server";
import { Answers } from "@/components/answers.tsx";
import { Stack } from "@/components/stack.tsx";
import type { GrowingView } from "@/lib/households/growing/describe-growing.ts";
import { adultAt } from "@/lib/tenants/growing-up.ts";
import { web } from "@/lib/web.ts";
import { calendarDay } from "../../../../../_frame/write.ts";

/** Each birthday that brings something, and what. */
export async function WhatComes({ child: { given, comes } }: { child: GrowingView }) {
  const t = await getTranslations("family.growing");
  const today = web().world.clock.now().toISOString().slice(0, 10);
  const answers = comes
    .filter(({ on }) => on > today)
    .map(({ age, on }) => ({
      question: t("at", { given, age }),
      answer: t(age === adultAt ? "adultText" : "atText", { given, date: calendarDay(on) }),
    }));
  return (
    <Stack as="section" gap={3} labelledBy="comes">
      <h2 id="comes">{t("comes")}</h2>
      {answers.length > 0 ? <Answers answers={answers} /> : <p className="muted">{t("comesNothing", { given })}</p>}
    </Stack>
  );
}
