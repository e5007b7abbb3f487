import { createTranslator } from "use-intl/core";
import { describe, expect, test } from "vitest";
import type { Said } from "@/lib/errors.ts";
import type { WatchView } from "@/lib/orders/describe-watch.ts";
import type { ReasonCode } from "@/lib/provisioning/reasons.ts";
import { describeSteps, type StepView } from "@/lib/tenants/describe-steps.ts";
import messages from "@/messages/en.json" with { type: "json" };
import type { Say } from "../../../_frame/say.ts";
import { reasonWords } from "./reason-words.ts";
import { sentenceOf, stepLines } from "./step-lines.ts";

const problems: string[] = [];
const t = createTranslator<Record<string, unknown>>({
  locale: "en-GB",
  timeZone: "Europe/London",
  messages: messages as Record<string, unknown>,
  onError: (error) => void problems.push(error.message),
});
const say: Say = Object.assign((said: Said) => t(said.key as never, said.values as never), {
  has: (key: string) => t.has(key as never),
});
const now = new Date("2026-11-24T21:12:00Z");

const minutesOn = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();

const step = (differs: Partial<StepView>): StepView => ({
  name: "domain",
  state: "running",
  code: null,
  detail: null,
  values: {},
  since: "2026-11-24T21:11:50Z",
  lookedAt: "2026-11-24T21:11:58Z",
  checkAt: "2026-11-24T21:12:00Z",
  ...differs,
});
const viewOf = (...steps: StepView[]): WatchView => ({
  phase: "making",
  orderId: "ord_1",
  tenantId: "ten_1",
  name: "smith.family",
  given: "Anna",
  part: "anna",
  full: "Anna Smith",
  mail: "anna@post.example",
  ownerMail: "anna@post.example",
  answerBy: null,
  paid: null,
  refund: null,
  steps,
  done: 0,
  registeredUntil: "2027-11-24T21:00:00Z",
  readyAt: null,
  refundBy: null,
});
const lineOf = (differs: Partial<StepView>) => {
  const [line] = stepLines(viewOf(step(differs)), say, now);
  return line && `${line.look}: ${line.text} ${line.state} ${line.note ?? ""}`.trim();
};

const states = ["done", "running", "waiting", "blocked", "todo"] as const;
/** All of them, by messages/texts.test.ts. */
const reasonCodes = Object.keys(messages.reasons.of) as ReasonCode[];
const codes = [null, ...reasonCodes];

describe("Each step", () => {
  test.each(describeSteps([]).flatMap(({ name }) => states.map((state) => [name, state] as const)))(
    "%s has a sentence when it is %s, whatever the reason, and none of them says ready, failed or a word of ours",
    (name, state) => {
      for (const code of codes) {
        const text = say(sentenceOf(step({ name, state, code }), viewOf()));
        expect(text).toMatch(/^[A-Z@a-z].*\.$/);
        expect(text).not.toMatch(/\bready\b|fail|error|invalid|sorry|homeserver|DNS|tenant|server/i);
      }
      expect(problems).toEqual([]);
    },
  );
});

describe("Each reason", () => {
  test.each(reasonCodes)("%s is told in four sentences that anybody understands, whatever step it holds up", (code) => {
    for (const { name } of describeSteps([])) {
      for (const state of ["waiting", "blocked"] as const) {
        const words = reasonWords(step({ name, state, code }), viewOf(), say, now);
        for (const text of Object.values(words)) {
          expect(text).toMatch(/^([A-Z]|smith\.family).*\.$/);
          expect(text).not.toMatch(/\bready\b|fail|error|invalid|sorry|homeserver|DNS|tenant|server|registrar/i);
        }
        expect(words.what).not.toBe(words.doing);
      }
    }
    expect(problems).toEqual([]);
  });

  test("that names no time says when we go on, and one that does says when we look", () => {
    const blocked = (checkAt: string | null) =>
      reasonWords(step({ state: "blocked", code: "refused", checkAt }), viewOf(), say, now).when;
    expect(blocked(null)).toBe("We go on as soon as that is done.");
    expect(blocked("2026-11-24T21:27:00Z")).toBe("We look again at 21:27.");
  });

  test("that is a queue says how long it takes", () => {
    const busy = (minutes: number) =>
      reasonWords(step({ state: "waiting", code: "busy", checkAt: minutesOn(minutes) }), viewOf(), say, now);
    expect(busy(1).doing).toBe("Yours keeps its turn, and goes on in about 1 minute.");
    expect(busy(12)).toMatchObject({
      what: "We are making many homes just now.",
      doing: "Yours keeps its turn, and goes on in about 12 minutes.",
    });
  });

  test("says who does not answer", () => {
    const what = (name: StepView["name"]) =>
      reasonWords(step({ name, state: "waiting", code: "unreachable" }), viewOf(), say, now).what;
    expect(what("domain")).toBe("The registry does not answer just now.");
    expect(what("zone")).toBe("The internet’s address book does not answer just now.");
    expect(what("homeserver")).toBe("One of our machines does not answer just now.");
  });
});

test.each<[string, Partial<StepView>, string]>([
  [
    "done says since when",
    { state: "done" },
    "done: smith.family is registered in your name, Anna Smith, until 24 November 2027. Done. 21:11:50",
  ],
  ["at work takes a few seconds", {}, "running: Registering smith.family in your name. Under way. A few seconds."],
  [
    "at work for long is waiting, and says when we look next",
    { since: "2026-11-24T21:07:00Z" },
    "waiting: The registry has your order for smith.family, and has not answered yet. Waiting. Asked at 21:07, last looked at 21:11. We look again every few seconds.",
  ],
  [
    "looked at rarely names the time",
    { state: "waiting", since: "2026-11-23T21:07:00Z", checkAt: "2026-11-24T21:27:00Z" },
    "waiting: The registry has your order for smith.family, and has not answered yet. Waiting. Asked at 23 November, 21:07, last looked at 21:11. We look again at 21:27.",
  ],
  [
    "not answered claims nothing about what was asked",
    { name: "zone", state: "waiting", code: "unreachable" },
    "waiting: Putting smith.family into the internet’s address book. Waiting. There was no answer at 21:11. We look again every few seconds.",
  ],
  [
    "a queue says when its turn comes, and claims nothing about what was asked",
    { state: "waiting", code: "busy", checkAt: "2026-11-24T21:23:10Z" },
    "waiting: Registering smith.family in your name. Waiting. Its turn comes in about 12 minutes.",
  ],
  [
    "held up by us is no task of the reader's",
    { state: "blocked", code: "card-risk" },
    "waiting: The registration of smith.family is held up. Waiting. A person here is looking.",
  ],
  [
    "that only the reader can answer needs them",
    { state: "blocked", code: "confirm-email" },
    "blocked: The registry wants you to confirm your e-mail. Needs you. We look once a day, and when you tell us.",
  ],
  [
    "seen from some places says from how many",
    { name: "seen-from-outside", values: { n: 7, m: 9 } },
    "running: Looking from outside, as your friends would. Under way. Seen from 7 of 9 places. We keep looking.",
  ],
  [
    "not begun says only what comes",
    { state: "todo", since: null },
    "todo: First we register smith.family in your name. Not begun.",
  ],
])("A step that is %s", (_, differs, line) => expect(lineOf(differs)).toBe(line));
