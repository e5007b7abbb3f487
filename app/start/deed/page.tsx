import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Actions, Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { Plate } from "@/components/plate.tsx";
import { countries as countriesOf, countryName } from "@/lib/orders/deed/countries.ts";
import { describeDeed } from "@/lib/orders/describe-deed.ts";
import type { Problem } from "@/lib/orders/problem.ts";
import { web } from "@/lib/web.ts";
import { locale } from "@/messages/request.ts";
import { sayer, wrongsOf } from "../../_frame/say.ts";
import { titled } from "../../_frame/titled.ts";
import { Unsent } from "../_live/unsent.tsx";
import { nameOf, orderFor } from "../_wizard/current-order.ts";
import type { Query } from "../_wizard/note.tsx";
import { OrderSide } from "../_wizard/order-side.tsx";
import { WizardScreen } from "../_wizard/wizard-screen.tsx";
import { fillDeedAction } from "./actions.ts";
import { ContactFields } from "./contact-fields.tsx";
import { ExtraQuestions } from "./extra-questions.tsx";
import { PublicPlace } from "./public-place.tsx";

/** The ending's questions, asked of the registrar once for title and page. */
const deedOf = cache(async () => describeDeed(web().names, await orderFor("deed")));

export async function generateMetadata(): Promise<Metadata> {
  const [t, deed] = [await getTranslations("deed"), await deedOf()];
  return titled(t("heading"), { step: 4, wrong: deed.problems.length > 0 });
}

/** Problems name countries by their code; people read their names. */
const withCountryNames = (problems: readonly Problem[]): readonly Problem[] =>
  problems.map((problem) => {
    const country = problem.say.values?.["country"];
    if (typeof country !== "string") return problem;
    return {
      ...problem,
      say: { ...problem.say, values: { ...problem.say.values, country: countryName(country, locale) } },
    };
  });

export default async function DeedPage({ searchParams }: { searchParams: Query }) {
  const [t, frame] = [await getTranslations("deed"), await getTranslations("frame")];
  const [order, deed] = [await orderFor("deed"), await deedOf()];
  const { values, seen } = order.deedForm;
  const wrongs = wrongsOf(withCountryNames(deed.problems), await sayer());
  const countries = countriesOf(locale, deed.questions.countries);
  return (
    <WizardScreen
      step={4}
      back="/start/people"
      heading={t("heading")}
      lead={t("lead")}
      wrongs={wrongs}
      attempt={seen}
      query={searchParams}
      aside={
        <OrderSide order={order}>
          <Plate name={order.buyer?.id ?? nameOf(order)} />
        </OrderSide>
      }
    >
      <form key={seen} className="stack" action={fillDeedAction} noValidate>
        <Unsent screen="deed" seen={seen} />
        <ContactFields values={values} wrongs={wrongs} questions={deed.questions} countries={countries} />
        <ExtraQuestions ending={order.ending ?? ""} questions={deed.questions.extra} values={values} wrongs={wrongs} />
        <Notice icon="eye" heading={t("public")}>
          <PublicPlace
            state={values["state"] ?? ""}
            country={values["country"] ?? ""}
            countries={countries}
            text={t("publicText", { place: "%" })}
            unknown={t("publicTextUnknown")}
          />
        </Notice>
        <Actions>
          <Button>{frame("next")}</Button>
        </Actions>
      </form>
    </WizardScreen>
  );
}
