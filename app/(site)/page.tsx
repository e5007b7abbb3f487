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
import { asksMoney, endingsSold, prices } from "@/lib/billing/prices.ts";
import { mostPeople } from "@/lib/orders/choose-people.ts";
import { homeLabel, nameNote } from "../_frame/bill-lines.ts";
import { freeForm } from "../_frame/free-form.ts";
import { mostTyped } from "../_frame/most-typed.ts";
import { termsHere } from "../_frame/terms.ts";
import { money } from "../_frame/write.ts";

/** The family of the examples, at the ending we suggest first. */
const exampleEnding = (): string => endingsSold()[0] ?? "family";
const exampleName = (): string => `smith.${exampleEnding()}`;

export default async function FrontPage() {
  const bill = billFor(exampleEnding(), 1, await termsHere());
  return (
    <>
      <Hero />
      <How period={bill?.period ?? "month"} />
      <Why />
      {asksMoney() && bill ? <ExampleBill bill={bill} /> : <Given />}
      {bill ? <Questions bill={bill} /> : null}
    </>
  );
}

async function Hero() {
  const t = await getTranslations("landing");
  return (
    <section className="hero">
      <div className="wrap">
        <Stack className="hero__words">
          <h1>{t("heading")}</h1>
          <p className="lead measure">{t(freeForm(t, "lead"))}</p>
          <form className="stack stack--2" action="/start/name">
            <label htmlFor="q" className="legend">
              {t("field")}
            </label>
            <div className="finder">
              <Input id="q" engraved autoComplete="family-name" maxLength={mostTyped} hint {...asTyped} />
              <Button>{t("button")}</Button>
            </div>
            <p className="hint" id="q-hint">
              {await fieldHint()}
            </p>
          </form>
        </Stack>
        <Doorway name={exampleName()} />
      </div>
    </section>
  );
}

/** What it costs at least, and that looking costs nothing. */
async function fieldHint(): Promise<string | null> {
  const t = await getTranslations("landing");
  if (!asksMoney()) return t("hintFree");
  const terms = await termsHere();
  const [lowest, tax] = [lowestTotal(terms), prices().currencies[terms.currency]?.tax ?? "none"];
  return lowest ? t("hint", { lowest: money(lowest), period: terms.period, tax }) : null;
}

async function How({ period }: Pick<Bill, "period">) {
  const t = await getTranslations("landing.how");
  const paid = asksMoney();
  const acts = [
    { id: "pick", heading: t("pick"), text: t(freeForm(t, "pickText")) },
    paid
      ? { id: "pay", heading: t("pay"), text: t("payText", { period }) }
      : { id: "say", heading: t("say"), text: t("sayText") },
    { id: "move", heading: t("move"), text: t("moveText") },
  ];
  return (
    <section className="section" id="how">
      <Stack gap={6} className="wrap">
        <h2>{t("heading")}</h2>
        <ol className="thirds numbered">
          {acts.map(({ id, heading, text }) => (
            <li key={id}>
              <Stack gap={2}>
                <h3>{heading}</h3>
                <p>{text}</p>
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
  const { period, tax } = bill;
  const included = prices().plans[bill.plan]?.included ?? 1;
  const example = exampleName();
  return (
    <section className="section" id="price">
      <div className="wrap beside">
        <Stack>
          <h2>{t("heading")}</h2>
          <p className="measure">{t("text", { home: money(bill.home), included, name: example, period })}</p>
          <Bullets points={await comesWithIt()} />
        </Stack>
        <aside className="card stack stack--4" aria-label={t("label")}>
          <p>{t.rich("sum", { ...rich, sum: money(bill.total), period })}</p>
          <PriceLines
            lines={[
              { label: await homeLabel(bill, 1), sum: money(bill.home) },
              { label: example, sum: money(bill.namePart), ...(await nameNote(bill)) },
            ]}
            total={tax === "none" ? undefined : { label: t("tax"), sum: t("included"), plain: true }}
          />
          <ButtonLink href="/start/name" wide>
            {t("button")}
          </ButtonLink>
        </aside>
      </div>
    </section>
  );
}

/** Where an operator gives everything away: what there is, and no bill. */
async function Given() {
  const t = await getTranslations("landing.bill");
  return (
    <section className="section">
      <Stack className="wrap">
        <h2>{t("headingFree")}</h2>
        <p className="measure">{t("textFree", { most: mostPeople() })}</p>
        <Bullets points={await comesWithIt()} />
        <div>
          <ButtonLink href="/start/name">{t("button")}</ButtonLink>
        </div>
      </Stack>
    </section>
  );
}

async function comesWithIt() {
  const t = await getTranslations("landing.bill");
  const points = ["photos", "children", "pages", "sealed"] as const;
  return points.map((point) => ({ icon: "check" as const, text: t(point) }));
}

async function Questions({ bill }: { bill: Bill }) {
  const t = await getTranslations("landing.questions");
  // After the first payment eleven parts are left: the most that leaving can cost.
  const values = {
    name: exampleName(),
    period: bill.period,
    rest: money(restOfName(bill, 1)),
    part: money(bill.namePart),
  };
  return (
    <section className="section section--sunk" id="questions">
      <Stack className="wrap">
        <h2>{t("heading")}</h2>
        <div>
          {(["never", "app", ...(asksMoney() ? ["leaving" as const] : [])] as const).map((question, n) => (
            <More key={question} summary={t(question)} open={n === 0}>
              <p>{t(`${question}Text`, values)}</p>
            </More>
          ))}
        </div>
      </Stack>
    </section>
  );
}
