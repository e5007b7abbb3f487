import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button } from "@/components/button.tsx";
import { Empty } from "@/components/empty.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { type Event as Shown, Timeline } from "@/components/timeline.tsx";
import { type Event, type EventFilter, eventFilters } from "@/lib/staff/timeline.ts";
import { sayer } from "../../_frame/say.ts";
import { money } from "../../_frame/write.ts";
import { alertWords } from "./alert-words.ts";
import { inWords } from "./in-words.ts";
import { exactTime } from "./times.ts";

interface FamilyTimelineProps {
  readonly events: readonly Event[];
  readonly filter: EventFilter;
  readonly path: string;
}

/** What happened, newest first. */
export async function FamilyTimeline({ events, filter, path }: FamilyTimelineProps) {
  const t = await getTranslations("staff.family");
  const shown = await Promise.all(events.map(present));
  return (
    <Stack as="section" gap={3} labelledBy="timeline">
      <div className="row row--between">
        <h2 id="timeline">{t("timeline")}</h2>
        <form className="row row--tight" action={path}>
          <label htmlFor="show" className="small">
            {t("show")}
          </label>
          <select className="select select--auto" id="show" name="show" defaultValue={filter}>
            {eventFilters.map((one) => (
              <option key={one} value={one}>
                {t(`filter.${one}`)}
              </option>
            ))}
          </select>
          <Button kind="quiet" small>
            {t("showIt")}
          </Button>
        </form>
      </div>
      {shown.length > 0 ? (
        <Timeline events={shown} />
      ) : (
        <Empty heading={t("nothing")} level={3}>
          <p>{t("nothingText")}</p>
        </Empty>
      )}
    </Stack>
  );
}

const tones: Readonly<Record<string, Shown["tone"]>> = {
  settled: "good",
  blocked: "bad",
  seen: "good",
  refused: "bad",
  paid: "good",
  "refund-done": "good",
  "refund-refused": "bad",
  lost: "bad",
};

async function present(event: Event): Promise<Shown> {
  const { key, at } = event;
  return { key, at, shown: exactTime(at), tone: toneOf(event), text: await wordsOf(event) };
}

function toneOf(event: Event): Shown["tone"] {
  switch (event.kind) {
    case "staff":
      return "staff";
    case "finding":
      return tones[event.state];
    case "attempt":
      return tones[event.outcome];
    case "money":
      return tones[event.what];
    case "alert":
      return event.what === "opened" ? "bad" : "good";
    case "customer":
    case "payer":
      return undefined;
  }
}

async function wordsOf(event: Event): Promise<ReactNode> {
  const t = await getTranslations("staff.event");
  switch (event.kind) {
    case "finding": {
      const state = (await getTranslations("staff.step"))(event.state as "settled").toLowerCase();
      const { step, detail } = event;
      return detail
        ? t.rich("finding", { ...rich, step, state, detail })
        : t.rich("findingPlain", { ...rich, step, state });
    }
    case "attempt": {
      const { step, verb, summary, once } = event;
      return t.rich(once ? "attemptOnce" : "attempt", {
        ...rich,
        step,
        verb,
        summary,
        outcome: await outcomeOf(event),
      });
    }
    case "staff": {
      const [acts, say] = [await getTranslations("staff.acts"), await sayer()];
      const { name, act, reason, outcome } = event;
      return t.rich("staff", { ...rich, name, act: acts(act as "look"), reason, outcome: inWords(say, outcome) });
    }
    case "alert":
      return t.rich(event.what, { ...rich, what: await alertWords(event) });
    case "customer":
      return t.rich(event.what, { ...rich, part: event.part });
    case "payer":
      return t.rich(event.what, { ...rich, given: event.given, email: event.email });
    case "money":
      return t.rich(event.what, { ...rich, sum: money(event), detail: event.detail ?? "" });
  }
}

/** What came of an attempt, with the vendor's words where it has any. */
export async function outcomeOf({ outcome, detail }: { outcome: string; detail: string | null }): Promise<string> {
  const [t, outcomes] = [await getTranslations("staff.event"), await getTranslations("staff.outcomeOf")];
  const word = outcomes(outcome as "seen");
  return detail ? t("attemptDetail", { outcome: word, detail }) : word;
}
