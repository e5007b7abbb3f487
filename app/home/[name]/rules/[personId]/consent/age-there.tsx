import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import type { ConsentView } from "@/lib/households/consent/describe-consents.ts";
import { countryName } from "@/lib/orders/deed/countries.ts";
import { locale } from "@/messages/request.ts";
import { calendarDay } from "../../../../../_frame/write.ts";

/** From which age the child decides alone where the family lives, with where we know that from. */
export async function AgeThere({ child: { given, country, age: found } }: { child: ConsentView }) {
  const t = await getTranslations("family.consent");
  const { age, since, source, asOf, noted, ways } = found;
  const values = { country: countryName(country, locale), age };
  return (
    <Stack as="section" gap={3} labelledBy="age">
      <h2 id="age">{t("ageHeading", { given })}</h2>
      {source === "" ? (
        <p>{t("ageNotFound", values)}</p>
      ) : (
        <>
          <p>{since ? t("ageSince", { ...values, date: calendarDay(since) }) : t("age", values)}</p>
          {ways ? <p>{t("ageCard")}</p> : null}
          <p className="small muted">{t("ageSource", { source, asOf, date: calendarDay(noted) })}</p>
        </>
      )}
    </Stack>
  );
}
