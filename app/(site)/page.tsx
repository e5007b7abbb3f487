import { getTranslations } from "next-intl/server";
import { Bullets } from "@/components/bullets.tsx";
import { Button, ButtonLink } from "@/components/button.tsx";
import { Doorway } from "@/components/doorway.tsx";
import { asTyped, Input } from "@/components/field.tsx";
import { More } from "@/components/more.tsx";
import { PriceLines } from "@/components/price-lines.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { type Bill, billFor, lowestTotal, restOfName } from "@/lib/billing/bill.ts";
import { endingsSold, prices } from "@/lib/billing/prices.ts";
import { termsHere } from "../_frame/currency.ts";
import { mostTyped } from "../_frame/most-typed.ts";
import { money } from "../_frame/write.ts";

/** The family of the examples, at the ending we suggest first. */
const exampleEnding = (): string => endingsSold()[0] ?? "family";
const exampleName = (): string => `smith.${exampleEnding()}`;

export default async function FrontPage() {
  const bill = billFor(exampleEnding(), 1, await termsHere());
  return (
    <>
      <Hero />
      <How />
      <Why />
      {bill ? <ExampleBill bill={bill} /> : null}
      {bill ? <Questions bill={bill} /> : null}
    </>
  );
}

async function Hero() {
  const t = await getTranslations("landing");
  const lowest = lowestTotal(await termsHere());
  return (
    <section className="hero">
      <div className="wrap">
        <Stack className="hero__words">
          <h1>{t("heading")}</h1>
          <p className="lead measure">{t("lead")}</p>
          <form className="stack stack--2" action="/start/name">
            <label htmlFor="q" className="legend">
              {t("field")}
            </label>
            <div className="finder">
              <Input id="q" engraved autoComplete="family-name" maxLength={mostTyped} hint {...asTyped} />
              <Button>{t("button")}</Button>
            </div>
            <p className="hint" id="q-hint">
              {lowest ? t("hint", { lowest: money(lowest) }) : null}
            </p>
          </form>
        </Stack>
        <Doorway name={exampleName()} />
      </div>
    </section>
  );
}

async function How() {
  const t = await getTranslations("landing.how");
  return (
    <section className="section" id="how">
      <Stack gap={6} className="wrap">
        <h2>{t("heading")}</h2>
        <ol className="thirds numbered">
          {(["pick", "pay", "move"] as const).map((act) => (
            <li key={act}>
              <Stack gap={2}>
                <h3>{t(act)}</h3>
                <p>{t(`${act}Text`)}</p>
              </Stack>
            </li>
          ))}
        </ol>
      </Stack>
    </section>
  );
}

async function Why() {
  const t = await getTranslations("landing.why");
  return (
    <section className="section section--sunk">
      <Stack gap={6} className="wrap">
        <h2>{t("heading")}</h2>
        <div className="halves halves--wide">
          {(["children", "friends", "page", "sealed"] as const).map((reason) => (
            <Stack gap={2} key={reason}>
              <h3>{t(reason)}</h3>
              <p>{t(`${reason}Text`)}</p>
            </Stack>
          ))}
        </div>
      </Stack>
    </section>
  );
}

async function ExampleBill({ bill }: { bill: Bill }) {
  const t = await getTranslations("landing.bill");
  const lines = await getTranslations("bill");
  const included = prices().plans[bill.plan]?.included ?? 1;
  const example = exampleName();
  const points = (["photos", "children", "pages", "sealed"] as const).map((point) => ({
    icon: "check" as const,
    text: t(point),
  }));
  return (
    <section className="section" id="price">
      <div className="wrap beside">
        <Stack>
          <h2>{t("heading")}</h2>
          <p className="measure">{t("text", { home: money(bill.home), included, name: example })}</p>
          <Bullets points={points} />
        </Stack>
        <aside className="card stack stack--4" aria-label={t("label")}>
          <p>{t.rich("sum", { ...rich, sum: money(bill.total) })}</p>
          <PriceLines
            lines={[
              { label: lines("home", { included }), sum: money(bill.home) },
              {
                label: example,
                sum: money(bill.namePart),
                note: lines("yearly", { year: money(bill.nameYear) }),
              },
            ]}
            total={{ label: t("tax"), sum: t("included"), plain: true }}
          />
          <ButtonLink href="/start/name" wide>
            {t("button")}
          </ButtonLink>
        </aside>
      </div>
    </section>
  );
}

async function Questions({ bill }: { bill: Bill }) {
  const t = await getTranslations("landing.questions");
  // After the first payment eleven parts are left: the most that leaving can cost.
  const values = {
    name: exampleName(),
    rest: money(restOfName(bill, 1)),
    part: money(bill.namePart),
  };
  return (
    <section className="section section--sunk" id="questions">
      <Stack className="wrap">
        <h2>{t("heading")}</h2>
        <div>
          {(["never", "app", "leaving"] as const).map((question, n) => (
            <More key={question} summary={t(question)} open={n === 0}>
              <p>{t(`${question}Text`, values)}</p>
            </More>
          ))}
        </div>
      </Stack>
    </section>
  );
}
