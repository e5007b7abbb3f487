import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Actions, Button } from "@/components/button.tsx";
import { Mount } from "@/components/mount.tsx";
import { Notice } from "@/components/notice.tsx";
import { Plate } from "@/components/plate.tsx";
import { WizardPage } from "@/components/wizard-page.tsx";
import { countries as countriesOf, countryName } from "@/lib/orders/deed/countries.ts";
import { describeDeed } from "@/lib/orders/describe-deed.ts";
import { describeOrder } from "@/lib/orders/describe-order.ts";
import { isOwnersTurn } from "@/lib/orders/describe-watch.ts";
import type { Problem } from "@/lib/orders/problem.ts";
import { web } from "@/lib/web.ts";
import { locale } from "@/messages/request.ts";
import { findBuyer } from "../../../../_frame/find-watcher.ts";
import { sayer, wrongsOf } from "../../../../_frame/say.ts";
import { titled } from "../../../../_frame/titled.ts";
import { Note, one, type Query } from "../../../../start/_wizard/note.tsx";
import { ContactFields } from "../../../../start/deed/contact-fields.tsx";
import { ExtraQuestions } from "../../../../start/deed/extra-questions.tsx";
import { BoughtPage } from "../../../_parts/bought-page.tsx";
import { watched } from "../watched.ts";
import { correctDeedAction } from "./actions.ts";

/** The order with the registry's words, or back to the list when there is nothing to correct. */
const refusedDeed = cache(async () => {
  const [view, { world, names }] = [await watched(), web()];
  const step = view?.steps.find(isOwnersTurn);
  const order = await describeOrder(world, await findBuyer());
  if (!view || !order || step?.code !== "registry-refused") redirect("/start/watch");
  return { view, order, words: String(step.values["words"] ?? ""), deed: await describeDeed(names, order) };
});

export async function generateMetadata(): Promise<Metadata> {
  const [t, { deed }] = [await getTranslations("watch.deed"), await refusedDeed()];
  return titled(t("heading"), { step: 6, wrong: deed.problems.length > 0 });
}

/** Problems name countries by their code; people read their names. */
const withCountryNames = (problems: readonly Problem[]): readonly Problem[] =>
  problems.map((problem) => {
    const { country, ...values } = problem.say.values ?? {};
    if (typeof country !== "string") return problem;
    return { ...problem, say: { ...problem.say, values: { ...values, country: countryName(country, locale) } } };
  });

/** The registry refused something: the form of screen 4 once more, in its words. */
export default async function CorrectDeedPage({ searchParams }: { searchParams: Query }) {
  const [watch, frame] = [await getTranslations("watch"), await getTranslations("frame")];
  const { view, order, words, deed } = await refusedDeed();
  const { values, seen } = order.deedForm;
  const wrongs = wrongsOf(withCountryNames(deed.problems), await sayer());
  return (
    <BoughtPage link={{ href: "/help", label: watch("help") }}>
      <WizardPage
        step={6}
        stepWords={frame("step", { n: 6 })}
        back={{ href: "/start/watch", label: frame("back") }}
        heading={watch("deed.heading")}
        lead={<p className="muted">{watch("deed.lead", { words })}</p>}
        problems={{ heading: frame("problems", { n: wrongs.length }), wrongs }}
        attempt={seen}
        notice={await noteOf(searchParams)}
        aside={
          <aside className="stack stack--4" aria-label={watch("aside")}>
            <Mount>
              <Plate name={`@${view.part}:${view.name}`} />
            </Mount>
          </aside>
        }
      >
        <form key={seen} className="stack" action={correctDeedAction} noValidate>
          <input type="hidden" name="seen" value={seen} />
          <ContactFields
            values={values}
            wrongs={wrongs}
            questions={deed.questions}
            countries={countriesOf(locale, deed.questions.countries)}
          />
          <ExtraQuestions
            ending={order.ending ?? ""}
            questions={deed.questions.extra}
            values={values}
            wrongs={wrongs}
          />
          <Actions>
            <Button>{watch("deed.save")}</Button>
          </Actions>
        </form>
      </WizardPage>
    </BoughtPage>
  );
}

async function noteOf(query: Query) {
  if (one((await query)["note"]) !== "away") return <Note query={query} />;
  const t = await getTranslations("watch.deed");
  return <Notice tone="wait" icon="clock" heading={t("again")} status />;
}
