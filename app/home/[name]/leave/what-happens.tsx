import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Facts } from "@/components/facts.tsx";
import { Stack } from "@/components/stack.tsx";
import { asksMoney } from "@/lib/billing/prices.ts";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { web } from "@/lib/web.ts";
import { day } from "../../../_frame/write.ts";
import type { LeaveHere } from "./leaver.ts";

/** What becomes of name, home and bill, and how it goes. */
export async function WhatHappens({ here: { who, leave } }: { here: LeaveHere }) {
  const t = await getTranslations("family.leave");
  const tag = leave.by === "tag" ? "Tag" : "";
  const bill = await describeBill(web().world, { userId: who.userId, tenantId: who.tenantId });
  const runs = asksMoney() && bill.ending?.state === "runs";
  const date = bill.ahead ? day(bill.ahead.beginsAt) : "";
  const facts = [
    { term: t("nameTerm"), fact: t("nameText") },
    { term: t("homeTerm"), fact: t("homeText") },
    ...(runs && date
      ? [{ term: t("billTerm"), fact: t(bill.quote.period === "year" ? "billTextYear" : "billText", { date }) }]
      : []),
    ...(runs
      ? [
          {
            term: t("altogetherTerm"),
            fact: (
              <>
                {t("altogetherText")} <Link href={`/home/${leave.name}/bill/stop`}>{t("altogether")}</Link>
              </>
            ),
          },
        ]
      : []),
  ];
  if (leave.state === "left") return null;
  return (
    <>
      <Stack as="section" gap={3} labelledBy="what">
        <h2 id="what">{t("what")}</h2>
        <Facts facts={facts} long />
      </Stack>
      <Stack as="section" gap={3} labelledBy="how">
        <h2 id="how">{t("how")}</h2>
        <ol className="setup__steps stack stack--2">
          <li>{t("how1")}</li>
          <li>{t("how2")}</li>
          <li>{t(`how3${tag}`)}</li>
          <li>{t(`how4${tag}`)}</li>
        </ol>
      </Stack>
    </>
  );
}
