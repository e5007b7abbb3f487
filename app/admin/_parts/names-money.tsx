import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import type { NamesBought } from "@/lib/staff/names-bought.ts";
import { money, monthOfYear } from "../../_frame/write.ts";

/** What the registrar was paid, and how we know. */
export async function NamesMoney({ names }: { names: readonly NamesBought[] }) {
  const t = await getTranslations("staff.moneyPage");
  const head = [
    { text: t("month") },
    { text: t("what") },
    { text: t("count"), right: true },
    { text: t("sum"), right: true },
    { text: t("source") },
  ];
  const rows = names.map(({ month, what, source, names: count, sum }) => ({
    key: `${month} ${what} ${source} ${sum.currency}`,
    cells: [monthOfYear(month), t(what), count, money(sum), t(source)],
  }));
  return (
    <Stack as="section" gap={2} labelledBy="names-bought">
      <h2 id="names-bought">{t("names")}</h2>
      <p className="small muted">{t("namesText")}</p>
      <Table label={t("namesTable")} head={head} rows={rows} card />
    </Stack>
  );
}
