import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import { Table } from "@/components/table.tsx";
import { differenceLines, type WrongCustomer } from "@/lib/staff/report-money.ts";
import { money } from "../../_frame/write.ts";
import { Act } from "./act.tsx";
import { familyPath } from "./family-table.tsx";

/** Whose sums do not agree, by how much, and what can be done about it. */
export async function WrongMoney({ wrong }: { wrong: readonly WrongCustomer[] }) {
  const t = await getTranslations("staff.moneyPage");
  const head = [
    { text: t("customer") },
    ...differenceLines.map((line) => ({ text: t(`difference.${line}`), right: true })),
    { text: t("act") },
  ];
  const rows = wrong.map((one) => ({
    key: `${one.customerId} ${one.differences.books.currency}`,
    tone: "bad" as const,
    cells: [
      <Who key="who" customer={one} />,
      ...differenceLines.map((line) => money(one.differences[line])),
      <Act key="act" act="copy-bill" subject={one.customerId} name={one.name ?? one.customerId} kind="quiet" />,
    ],
  }));
  return (
    <>
      <Notice tone="bad" icon="hand" heading={t("wrong", { n: new Set(wrong.map((one) => one.customerId)).size })}>
        <p>{t("wrongText")}</p>
      </Notice>
      <Table label={t("wrongTable")} head={head} rows={rows} card stack />
    </>
  );
}

function Who({ customer: { customerId, orderId, tenantId, name } }: { customer: WrongCustomer }) {
  if (!orderId) return <span className="code">{customerId}</span>;
  return (
    <Link className="name" href={familyPath({ tenantId, orderId })} prefetch={false}>
      {name ?? customerId}
    </Link>
  );
}
