import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import { describeHouse } from "@/lib/households/house/describe-house.ts";
import { longestHouseText } from "@/lib/households/house/house-text.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../../_frame/titled.ts";
import { listAll } from "../../../../_frame/write.ts";
import { memberOf } from "../../../_parts/member.ts";
import { HouseForm } from "./house-form.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  await memberOf((await params).name);
  return titled((await getTranslations("family.house"))("writeHeading"));
}

/** The house terms as they hold, or an example, to be written over. */
export default async function WriteHousePage({ params }: PageProps) {
  const { name } = await params;
  const [t, frame] = [await getTranslations("family.house"), await getTranslations("frame")];
  const { versions, people } = await describeHouse(web().world, await memberOf(name));
  const [newest] = versions;
  const asked = people.filter(({ how, said }) => how !== "saved" && said !== "card").map(({ given }) => given);
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <HouseForm
        name={decodeURIComponent(name)}
        seen={newest?.nth ?? 0}
        text={newest?.text ?? t("example")}
        most={longestHouseText}
        words={{
          heading: t("writeHeading"),
          label: t("text"),
          hint: t(newest ? "textHint" : "exampleHint"),
          left: t.raw("left") as string,
          asks: t(asked.length > 0 ? "asks" : "asksCards", { people: listAll(asked) }),
          button: t("save"),
          back: t("leaveIt"),
          problem: frame("problems", { n: 1 }),
          errorTitle: frame("errorTitle", { title: frame("titled", { title: t("writeHeading") }) }),
        }}
      />
    </Stack>
  );
}
