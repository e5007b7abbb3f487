import { getTranslations } from "next-intl/server";
import { Answers } from "@/components/answers.tsx";
import { Stack } from "@/components/stack.tsx";
import type { KeptData } from "@/lib/households/data/describe-data.ts";
import { dataKinds } from "@/lib/households/data/parts.ts";
import { day } from "./write.ts";

/** All that we keep of somebody, by kind, how long, and what lies elsewhere. `own`: whoever reads it is that person. */
export async function DataLines({ data: { given, id, parts }, own }: { data: KeptData; own: "yes" | "no" }) {
  const t = await getTranslations("family.data");
  const [who] = parts.Person;
  const person = {
    ...{ given, id, since: who?.["since"] instanceof Date ? day(who["since"]) : "" },
    page: who?.["page"] === true ? "yes" : "no",
  };
  return (
    <Stack gap={4}>
      <Answers
        answers={dataKinds.map((kind) => ({
          question: t(`rows.${kind}`, { given, own }),
          answer: kind === "Person" ? t("person", person) : t("count", { n: parts[kind].length }),
        }))}
      />
      <p>{t("long", { given, own })}</p>
      <p>{t("nobody")}</p>
      <Stack as="section" gap={2} labelledBy="home-keeps">
        <h2 id="home-keeps">{t("home")}</h2>
        <p>{t("homeText")}</p>
      </Stack>
    </Stack>
  );
}
