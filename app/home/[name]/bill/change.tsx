import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { TextButton } from "@/components/button.tsx";
import { Stack } from "@/components/stack.tsx";
import type { BillView } from "@/lib/households/describe-bill.ts";
import { cardAction } from "./actions.ts";

/** Everything that can be done with the bill, none of it further away than the next page. */
export async function Change({ bill }: { bill: BillView }) {
  const t = await getTranslations("family.billPage");
  return (
    <Stack as="section" gap={2} className="card" labelledBy="change">
      <h2 id="change">{t("change")}</h2>
      <ul className="stack stack--1">
        <li>
          <form action={cardAction}>
            <input type="hidden" name="home" value={bill.name} />
            <TextButton type="submit">{t("otherCard")}</TextButton>
          </form>
        </li>
        {bill.ending?.state === "runs" ? (
          <li>
            <Link href={`/home/${bill.name}/bill/stop`}>{t("stop")}</Link>
          </li>
        ) : null}
      </ul>
    </Stack>
  );
}
