import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import { Table } from "@/components/table.tsx";
import { compare, digitsOf, isZero, type Money, minorOf } from "@/lib/billing/money.ts";
import { type CurrencyReport, differenceLines, type MoneyLine, moneyLines } from "@/lib/staff/report-money.ts";
import { locale } from "@/messages/request.ts";
import { money, monthOfYear } from "../../_frame/write.ts";
import { Plot } from "./plot.tsx";

/** These are there with nothing in them, too. */
const always: readonly MoneyLine[] = ["home", "name", "paid", "charge", "fees", "stays"];

/** One currency: the picture, and every line by month. */
export async function CurrencyMoney({ of }: { of: CurrencyReport }) {
  const { currency } = of;
  return (
    <Stack as="section" gap={3} labelledBy={`money-${currency}`}>
      <h2 id={`money-${currency}`}>{currency}</h2>
      <MoneyPlot of={of} />
      <MoneyTable of={of} />
    </Stack>
  );
}

async function MoneyTable({ of }: { of: CurrencyReport }) {
  const { currency, months } = of;
  const t = await getTranslations("staff.moneyPage");
  const columns = [{ sums: of.all, differences: of.differences }, ...months];
  const sums = moneyLines
    .filter((line) => always.includes(line) || columns.some((one) => !isZero(one.sums[line])))
    .map((line) => ({
      key: line,
      cells: [<Name key="line">{t(`lines.${line}`)}</Name>, ...columns.map((one) => money(one.sums[line]))],
    }));
  const differences = differenceLines.map((line) => ({
    key: `difference-${line}`,
    ...(isZero(of.differences[line]) ? {} : { tone: "bad" as const }),
    cells: [<Name key="line">{t(`difference.${line}`)}</Name>, ...columns.map((one) => money(one.differences[line]))],
  }));
  const head = [
    { text: t("line") },
    { text: t("all"), right: true },
    ...months.map(({ month }) => ({ text: monthOfYear(month), right: true })),
  ];
  // With one month it fits on a phone.
  const short = months.length === 1;
  return <Table label={t("table", { currency })} head={head} rows={[...sums, ...differences]} card short={short} />;
}

const Name = ({ children }: { children: string }) => <span className="rowname">{children}</span>;

/** For the marks beside the picture: 1.2K fits where 1200 does not. */
const compact = new Intl.NumberFormat(locale, { notation: "compact" });

async function MoneyPlot({ of: { currency, months } }: { of: CurrencyReport }) {
  const t = await getTranslations("staff.moneyPage");
  const oldestFirst = months.toReversed();
  const [first, last] = [oldestFirst[0], oldestFirst.at(-1)];
  if (!first || !last) return null;
  const whole = (sum: Money): number => minorOf(sum) / 10 ** digitsOf(currency);
  const range = (line: MoneyLine): readonly [string, string] => {
    const sorted = months.map((one) => one.sums[line]).toSorted(compare);
    return [money(sorted[0] ?? last.sums[line]), money(sorted.at(-1) ?? last.sums[line])];
  };
  const [[low, high], [staysLow, staysHigh]] = [range("charge"), range("stays")];
  const [charge, stays] = [money(last.sums.charge), money(last.sums.stays)];
  const [begin, end] = [monthOfYear(first.month), monthOfYear(last.month)];
  return (
    <div className="card plotcard">
      <Plot
        label={t("plotLabel", { currency, first: begin, last: end, low, high, charge, staysLow, staysHigh, stays })}
        points={oldestFirst.map(({ sums }) => [whole(sums.charge), whole(sums.stays)])}
        least={1}
        mark={(value) => compact.format(value)}
        begin={begin}
        end={end}
        keys={[t("came", { sum: charge }), t("stays", { sum: stays })]}
      />
    </div>
  );
}
