import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import type { BillView } from "@/lib/households/describe-bill.ts";
import type { DisputesView } from "@/lib/households/describe-disputes.ts";
import type { PastBill } from "@/lib/households/past-bill.ts";
import { day, dayShort, money } from "../../../_frame/write.ts";

/** Every bill there was, each with its invoice. */
export async function Paid({ bill, taken }: { bill: BillView; taken: DisputesView["taken"] }) {
  const t = await getTranslations("family.billPage");
  const rows = await Promise.all(bill.past.map((one) => rowOf(one, bill.quote.period, taken)));
  return (
    <Stack as="section" gap={3} labelledBy="past">
      <h2 id="past">{t("past")}</h2>
      <Table
        label={t("table")}
        short
        head={[
          { text: t("date") },
          { text: t("for") },
          { text: t("sum"), right: true },
          { text: t("invoice"), right: true },
        ]}
        rows={rows}
      />
    </Stack>
  );
}

async function rowOf(past: PastBill, period: BillView["quote"]["period"], takenOf: DisputesView["taken"]) {
  const [t, dispute] = [await getTranslations("family.billPage"), await getTranslations("family.dispute")];
  const taken = takenOf.get(past.id);
  const date = day(new Date(past.at));
  const what =
    past.what === "change" || past.what === "last" || past.what === "other"
      ? t(`row.${past.what}`)
      : t(`row.${past.what}.${period}`);
  const number = past.number ?? "";
  return {
    key: past.id,
    ...(past.unpaid ? { tone: "wait" as const } : {}),
    cells: [
      <span key="date" className="nowrap">
        {dayShort(new Date(past.at))}
      </span>,
      <span key="what">
        {what}
        {past.unpaid ? <span className="muted"> {t("notPaid")}</span> : null}
        {past.off ? <span className="muted"> {t("couponTook", { sum: money(past.off) })}</span> : null}
        {past.back ? <span className="muted"> {t("cameBack", { sum: money(past.back) })}</span> : null}
        {taken ? <span className="muted"> {dispute("back", { sum: money(taken) })}</span> : null}
      </span>,
      <span key="sum" className="money">
        {money(past.sum)}
      </span>,
      past.pdfUrl ? (
        <a key="pdf" href={past.pdfUrl}>
          {t.rich("pdf", { number, date, hidden: (chunks) => <span className="hidden">{chunks}</span> })}
        </a>
      ) : (
        number
      ),
    ],
  };
}
