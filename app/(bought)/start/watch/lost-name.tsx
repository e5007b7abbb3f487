import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { cx } from "@/components/cx.ts";
import { asTyped, FieldError, Input } from "@/components/field.tsx";
import { Notice } from "@/components/notice.tsx";
import { Stack } from "@/components/stack.tsx";
import { Tick } from "@/components/tick.tsx";
import { wrongAt } from "@/components/wrong.ts";
import type { WatchView } from "@/lib/orders/describe-watch.ts";
import { mostTyped } from "../../../_frame/most-typed.ts";
import { day, money } from "../../../_frame/write.ts";
import { chooseAnotherNameAction, moneyBackAction } from "./actions.ts";
import { type LostSearch, namesField, searchField } from "./lost-search.ts";

/** The name is gone: another one for the same money, or all of it back. */
export async function LostName({ view, search }: { view: WatchView; search: LostSearch }) {
  const [t, watch] = [await getTranslations("watch.lost"), await getTranslations("watch")];
  const { name, paid, refundBy } = view;
  const values = { name, sum: paid ? money(paid) : "", date: refundBy ? day(new Date(refundBy)) : "" };
  return (
    <>
      <Notice tone="wait" icon="hand" heading={t("heading", values)}>
        <p>{t(paid ? "text" : "textFree", values)}</p>
      </Notice>
      <Stack as="section" gap={4} labelledBy="another">
        <h2 id="another">{t("search")}</h2>
        <Finder search={search} />
        {search.offers.length > 0 ? <Offers search={search} /> : null}
        {search.offers.length === 0 && search.wrongs.length === 0 ? <p>{t("nothing")}</p> : null}
      </Stack>
      <Stack as="section" gap={3} labelledBy="back">
        <h2 id="back">{t(paid ? "backHeading" : "endHeading")}</h2>
        {paid ? <p>{t("backText", { card: paid.card ?? watch("yourCard") })}</p> : null}
        <form action={moneyBackAction}>
          <Button kind="quiet">{t(paid ? "back" : "end", values)}</Button>
        </form>
      </Stack>
    </>
  );
}

async function Finder({ search }: { search: LostSearch }) {
  const [t, name] = [await getTranslations("watch.lost"), await getTranslations("name")];
  const wrong = wrongAt(search.wrongs, searchField);
  return (
    <search>
      <form className={cx("stack stack--2", wrong && "field--wrong")} action="/start/watch">
        <label className="legend" htmlFor={searchField}>
          {name("field")}
        </label>
        <p className="hint" id={`${searchField}-hint`}>
          {t("hint")}
        </p>
        {wrong ? <FieldError wrong={wrong} /> : null}
        <div className="finder">
          <Input
            id={searchField}
            engraved
            defaultValue={search.typed}
            autoComplete="off"
            maxLength={mostTyped}
            hint
            wrong={wrong}
            {...asTyped}
          />
          <Button kind="quiet" icon="search">
            {name("search")}
          </Button>
        </div>
      </form>
    </search>
  );
}

async function Offers({ search }: { search: LostSearch }) {
  const t = await getTranslations("watch.lost");
  const wrong = wrongAt(search.wrongs, namesField);
  return (
    <form className="stack stack--4" action={chooseAnotherNameAction}>
      <input type="hidden" name="q" value={search.typed} />
      <fieldset className={cx("stack stack--3", wrong && "field--wrong")}>
        <legend className="legend">{t("offers")}</legend>
        {wrong ? <FieldError wrong={wrong} /> : null}
        {search.offers.map((offer, n) => (
          <Tick key={offer} id={n === 0 ? namesField : undefined} type="radio" name="name" value={offer}>
            <b className="name">{offer}</b>
          </Tick>
        ))}
      </fieldset>
      <p className="small muted">{t("forever")}</p>
      <Actions>
        <Button>{t("button")}</Button>
      </Actions>
    </form>
  );
}
