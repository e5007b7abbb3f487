import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import { describeHouse } from "@/lib/households/house/describe-house.ts";
import { web } from "@/lib/web.ts";
import { insiderOf } from "./member.ts";

/** Whether the family has house terms, how many have agreed, and the way to them. */
export async function HouseLine({ name }: { name: string }) {
  const t = await getTranslations("family.house");
  const { versions, people } = await describeHouse(web().world, await insiderOf(name));
  const agreed = people.filter(({ said }) => said === "agrees").length;
  const [newest] = versions;
  return (
    <Stack as="section" gap={1} labelledBy="house">
      <h2 id="house">{t("heading")}</h2>
      <p>{newest ? t("line", { agreed, of: people.length }) : t("lineNone")}</p>
      <p>
        <Link href={`/home/${name}/house`} prefetch={false}>
          {t(newest ? "see" : "seeNone")}
        </Link>
      </p>
    </Stack>
  );
}
