import { getTranslations } from "next-intl/server";
import { Answers } from "@/components/answers.tsx";
import { Stack } from "@/components/stack.tsx";
import type { Wish } from "@/lib/households/mine/describe-mine.ts";
import { web } from "@/lib/web.ts";
import { moment } from "../_frame/write.ts";

/** What the child asked for, and what came of it. */
export async function Wishes({ wishes }: { wishes: readonly Wish[] }) {
  const t = await getTranslations("mine");
  if (wishes.length === 0) return null;
  const now = web().world.clock.now();
  return (
    <Stack as="section" gap={3} labelledBy="wishes">
      <h2 id="wishes">{t("wishes")}</h2>
      <Answers
        answers={wishes.map(({ who, askedAt, answer, by }) => ({
          question: who,
          answer: t(`was.${answer ?? "open"}`, { when: moment(new Date(askedAt), now), by: by === "" ? "none" : by }),
        }))}
      />
    </Stack>
  );
}
