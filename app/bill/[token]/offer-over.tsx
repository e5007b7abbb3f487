import { getTranslations } from "next-intl/server";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { OfferSight } from "@/lib/households/look-at-offer.ts";
import { sayer } from "../../_frame/say.ts";
import { day } from "../../_frame/write.ts";
import { RefreshSoon } from "../../home/_parts/refresh-soon.tsx";

/** A link that does nothing any more, or not yet: why, and what to do. */
export async function OfferOver({ sight }: { sight: OfferSight }) {
  const [t, say] = [await getTranslations("payBill"), await sayer()];
  const { state, name, payer, until, whyNot } = sight;
  const values = { name, payer, date: day(new Date(until)) };
  if (state === "given")
    return (
      <Stack className="wrap wrap--text page">
        <PageHeading>{t("given")}</PageHeading>
        <p className="lead">{t("givenText")}</p>
        <RefreshSoon />
      </Stack>
    );
  if (state === "done")
    return (
      <Stack className="wrap wrap--text page">
        <PageHeading>{t("done", values)}</PageHeading>
        <p className="lead">{t("doneText")}</p>
        <Actions>
          <ButtonLink href="/sign-in">{t("signIn")}</ButtonLink>
        </Actions>
      </Stack>
    );
  const key = state === "not-now" ? "notNow" : state === "taken-back" ? "takenBack" : "ranOut";
  return (
    <Stack className="wrap wrap--text page">
      <PageHeading>{t(key)}</PageHeading>
      <p className="lead">{whyNot ? say(whyNot) : t(key === "takenBack" ? "takenBackText" : "ranOutText", values)}</p>
    </Stack>
  );
}
