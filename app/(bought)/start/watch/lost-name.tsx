import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { asTyped, FieldError, Input } from "@/components/field.tsx";
import { Notice } from "@/components/notice.tsx";
import { Stack } from "@/components/stack.tsx";
import { Tick } from "@/components/tick.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { Refused, type Said, Unreachable } from "@/lib/errors.ts";
import { log } from "@/lib/log.ts";
import type { WatchView } from "@/lib/orders/describe-watch.ts";
import { type OtherNames, otherNames } from "@/lib/orders/other-names.ts";
import { web } from "@/lib/web.ts";
import { findBuyer } from "../../../_frame/find-watcher.ts";
import { searching, tooOften } from "../../../_frame/limits.ts";
import { sayer, wrongsOf } from "../../../_frame/say.ts";
import { day, money } from "../../../_frame/write.ts";
import { one, type Query } from "../../../start/_wizard/note.tsx";
import { chooseAnotherNameAction, moneyBackAction } from "./actions.ts";

interface LostNameProps {
  readonly view: WatchView;
  readonly query: Query;
}

/** The name is gone: another one for the same money, or all of it back. */
export async function LostName({ view, query }: LostNameProps) {
  const t = await getTranslations("watch.lost");
  const { name, paid, refundBy } = view;
  const values = { name, sum: paid ? money(paid) : "", date: refundBy ? day(new Date(refundBy)) : "" };
  return (
    <>
      <Notice tone="wait" icon="hand" heading={t("heading", values)}>
        <p>{t("text", values)}</p>
      </Notice>
      <AnotherName query={query} />
      <Stack as="section" gap={3} labelledBy="back">
        <h2 id="back">{t("backHeading")}</h2>
        <p>{t("backText", { card: paid?.card ?? (await getTranslations("watch"))("yourCard") })}</p>
        <form action={moneyBackAction}>
          <Button kind="quiet">{t("back", values)}</Button>
        </form>
      </Stack>
    </>
  );
}

async function AnotherName({ query }: { query: Query }) {
  const [t, name, say] = [await getTranslations("watch.lost"), await getTranslations("name"), await sayer()];
  const typed = one((await query)["q"]).slice(0, 200);
  const [found, note] = [await find(typed), noteSaid(one((await query)["note"]))];
  const wrongs = wrongsOf(
    [note ?? found.say].flatMap((said) => (said ? [{ at: "q", field: { key: "watch.lost.field" }, say: said }] : [])),
    say,
  );
  return (
    <Stack as="section" gap={4} labelledBy="another">
      <h2 id="another">{t("search")}</h2>
      <Finder typed={typed} wrong={wrongs[0]} hint={t("hint")} label={name("field")} button={name("search")} />
      {found.offers.length > 0 ? <Offers typed={typed} offers={found.offers} /> : null}
      {found.offers.length === 0 && !found.say ? <p>{t("nothing")}</p> : null}
    </Stack>
  );
}

/** What the last try to choose one left behind, by the word in the address. */
function noteSaid(word: string): Said | undefined {
  const keys = { none: "watch.lost.none", away: "watch.lost.away", often: "again.often" };
  return Object.hasOwn(keys, word) ? { key: keys[word as keyof typeof keys] } : undefined;
}

async function find(typed: string): Promise<OtherNames> {
  if ((await tooOften(searching)) !== undefined) return { say: { key: "again.often" }, offers: [] };
  try {
    return await otherNames(web().checkout, await findBuyer(), typed);
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
    log.warn({ err: error }, "The registrar does not answer the search for another name");
    return { say: { key: "watch.lost.away" }, offers: [] };
  }
}

interface FinderProps {
  readonly typed: string;
  readonly wrong: Wrong | undefined;
  readonly label: string;
  readonly hint: string;
  readonly button: string;
}

function Finder({ typed, wrong, label, hint, button }: FinderProps) {
  return (
    <search>
      <form className={wrong ? "stack stack--2 field--wrong" : "stack stack--2"} action="/start/watch">
        <label className="legend" htmlFor="q">
          {label}
        </label>
        <p className="hint" id="q-hint">
          {hint}
        </p>
        {wrong ? <FieldError wrong={wrong} /> : null}
        <div className="finder">
          <Input id="q" engraved defaultValue={typed} autoComplete="off" hint wrong={wrong} {...asTyped} />
          <Button kind="quiet" icon="search">
            {button}
          </Button>
        </div>
      </form>
    </search>
  );
}

async function Offers({ typed, offers }: { typed: string; offers: readonly string[] }) {
  const t = await getTranslations("watch.lost");
  return (
    <form className="stack stack--4" action={chooseAnotherNameAction}>
      <input type="hidden" name="q" value={typed} />
      <fieldset className="stack stack--3">
        <legend className="legend">{t("offers")}</legend>
        {offers.map((offer) => (
          <Tick key={offer} type="radio" name="name" value={offer}>
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
