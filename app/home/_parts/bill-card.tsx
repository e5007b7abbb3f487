import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import type { HomeView } from "@/lib/households/describe-home.ts";
import { day, dayOfYear, money } from "../../_frame/write.ts";

/** What the home costs next, and what was paid last. */
export async function BillCard({ home }: { home: HomeView }) {
  const t = await getTranslations("family");
  const { bill } = home;
  // A day of another year is said with its year.
  const next = bill?.next && (bill.period === "year" ? day : dayOfYear)(new Date(bill.next.at));
  return (
    <Stack as="section" gap={3} className="card" labelledBy="bill">
      <h2 id="bill">{t("bill")}</h2>
      {bill ? (
        <>
          <p>
            {bill.next
              ? t.rich("next", { ...rich, sum: money(bill.next.sum), date: next ?? "" })
              : bill.left
                ? t("left", { sum: money(bill.left) })
                : t("billPage.leadNothing")}
          </p>
          <p className="small muted">
            {bill.card ? `${bill.card}. ` : null}
            {bill.paid.only
              ? t("paidSoFar", { sum: money(bill.paid.sum) })
              : t("paidLast", { sum: money(bill.paid.sum), date: day(new Date(bill.paid.at)) })}
          </p>
          <p>
            <Link href={`/home/${home.name}/bill`} prefetch={false}>
              {t("seeBill")}
            </Link>
          </p>
        </>
      ) : home.paidBy === null ? (
        <p>{t("nothing")}</p>
      ) : (
        <p>{t("payer.pays", { payer: home.paidBy })}</p>
      )}
    </Stack>
  );
}
