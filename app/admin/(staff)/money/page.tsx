import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/button.tsx";
import { Chip } from "@/components/chip.tsx";
import { Empty } from "@/components/empty.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { reportMoney } from "@/lib/staff/report-money.ts";
import { web } from "@/lib/web.ts";
import { CurrencyMoney } from "../../_parts/currency-money.tsx";
import { NamesMoney } from "../../_parts/names-money.tsx";
import { staffHere } from "../../_parts/staff-here.ts";
import { staffTitle } from "../../_parts/staff-title.ts";
import { WrongMoney } from "../../_parts/wrong-money.tsx";

export const generateMetadata = async (): Promise<Metadata> => staffTitle((await getTranslations("staff"))("money"));

/** What came in, what stays, and whether every sum agrees. */
export default async function MoneyPage() {
  const { who } = await staffHere();
  const report = await reportMoney(web().world, who);
  const t = await getTranslations("staff.moneyPage");
  const { currencies, wrong, names } = report;
  return (
    <Stack className="wrap wrap--staff page page--staff">
      <div className="row row--between">
        <div className="row">
          <PageHeading>{(await getTranslations("staff"))("money")}</PageHeading>
          {currencies.length > 0 && wrong.length === 0 ? (
            <Chip tone="good" icon="check">
              {t("agree")}
            </Chip>
          ) : null}
        </div>
        {currencies.length > 0 ? (
          <ButtonLink kind="quiet" href="/admin/money/csv">
            {t("csv")}
          </ButtonLink>
        ) : null}
      </div>
      <p className="muted">{t("lead")}</p>
      {wrong.length > 0 ? <WrongMoney wrong={wrong} /> : null}
      {currencies.length > 0 ? (
        currencies.map((one) => <CurrencyMoney key={one.currency} of={one} />)
      ) : (
        <Empty heading={t("none")}>
          <p>{t("noneText")}</p>
        </Empty>
      )}
      {names.length > 0 ? <NamesMoney names={names} /> : null}
    </Stack>
  );
}
