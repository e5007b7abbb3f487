import { getTranslations } from "next-intl/server";
import type { OrderAsideProps } from "@/components/order-aside.tsx";
import type { Bill } from "@/lib/billing/bill.ts";
import { priceBook } from "@/lib/billing/price-book.ts";
import { money } from "../../_frame/write.ts";

/** What the home's line is called: it says how many people when they are more than the price includes. */
export async function homeLabel(heads: number): Promise<string> {
  const t = await getTranslations("bill");
  const { included } = priceBook.home;
  return heads > included ? t("homeMore", { n: heads }) : t("home", { included });
}

/** The bill beside a screen. `full` is the check page's, with its notes. */
export async function billLines(
  bill: Bill,
  name: string,
  heads: number,
  full = false,
): Promise<NonNullable<OrderAsideProps["bill"]>> {
  const t = await getTranslations("bill");
  const sum = (minor: number) => money({ minor, currency: bill.currency });
  const { included, monthMinor, furtherPersonMonthMinor } = priceBook.home;
  const more =
    heads > included
      ? {
          note: t("moreNote", {
            home: sum(monthMinor),
            included,
            n: heads - included,
            sum: sum(furtherPersonMonthMinor),
          }),
        }
      : {};
  const dearer = bill.laterTotalMinor !== bill.totalMinor;
  const year = { first: sum(bill.nameYearMinor), renewal: sum(bill.renewalYearMinor), year: sum(bill.nameYearMinor) };
  const lines = [
    { label: await homeLabel(heads), sum: sum(bill.homeMinor), ...more },
    {
      label: t("name", { name }),
      sum: sum(bill.nameMonthMinor),
      ...(full ? { note: t(dearer ? "yearlyDearer" : "yearly", year) } : {}),
    },
  ];
  const later = { later: sum(bill.laterTotalMinor) };
  const note = full ? t(dearer ? "laterNote" : "taxNote", later) : dearer ? t("later", later) : undefined;
  return {
    lines,
    total: { label: t(full ? "month" : "monthTax"), sum: sum(bill.totalMinor), ...(note ? { note } : {}) },
  };
}
