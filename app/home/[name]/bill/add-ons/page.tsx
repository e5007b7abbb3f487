import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Button, ButtonLink, TextButton } from "@/components/button.tsx";
import { Chip } from "@/components/chip.tsx";
import { OfferRow } from "@/components/offer-row.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { People } from "@/components/person-row.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { asksMoney } from "@/lib/billing/prices.ts";
import { type AddOnView, type ChoicesView, describeChoices } from "@/lib/households/describe-choices.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../../_frame/titled.ts";
import { money } from "../../../../_frame/write.ts";
import { one, type Query } from "../../../../start/_wizard/note.tsx";
import { payerOf } from "../../../_parts/member.ts";
import { NotNow, WhyBack } from "../../../_parts/not-now.tsx";
import { chooseAddOnAction } from "../../change/actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("family.terms"))("addOnsHeading"));

/** What comes with the home, and what could. What a change comes to is on the next page. */
export default async function AddOnsPage({ params, searchParams }: PageProps) {
  const view = await describeChoices(web().world, await payerOf((await params).name));
  const back = `/home/${view.name}/bill`;
  if (view.addOns.length === 0 || !asksMoney()) redirect(back);
  const [query, t] = [await searchParams, await getTranslations("family.terms")];
  return (
    <Stack gap={5} className="wrap wrap--text page">
      <PageHeading>{t("addOnsHeading")}</PageHeading>
      <WhyBack error={one(query["error"])} />
      {view.whyNot ? (
        <NotNow why={view.whyNot} />
      ) : (
        <>
          <p>{t("addOnsLead")}</p>
          <People>
            {view.addOns.map((addOn) => (
              <AddOn key={addOn.id} view={view} addOn={addOn} />
            ))}
          </People>
        </>
      )}
      <div>
        <ButtonLink href={back} kind="quiet">
          {t("backToBill")}
        </ButtonLink>
      </div>
    </Stack>
  );
}

async function AddOn({
  view: { name, period },
  addOn: { id, called, sum, has },
}: {
  view: ChoicesView;
  addOn: AddOnView;
}) {
  const [t, plans] = [await getTranslations("family.terms"), await getTranslations("plans")];
  return (
    <OfferRow called={called} price={plans("price", { sum: money(sum), period })}>
      {has ? (
        <Chip tone="good" icon="check">
          {t("addOnHave")}
        </Chip>
      ) : null}
      <form action={chooseAddOnAction}>
        <input type="hidden" name="home" value={name} />
        <input type="hidden" name="addOn" value={id} />
        <input type="hidden" name="comes" value={has ? "no" : "yes"} />
        {has ? (
          <TextButton type="submit">{t.rich("addOnOff", { ...rich, called })}</TextButton>
        ) : (
          <Button type="submit" small kind="quiet" icon="plus">
            {t.rich("addOnAdd", { ...rich, called })}
          </Button>
        )}
      </form>
    </OfferRow>
  );
}
