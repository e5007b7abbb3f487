import { expect, test } from "vitest";
import { beginWith } from "@/lib/tenants/begin-with.ts";
import messages from "@/messages/en.json" with { type: "json" };
import { type Attempt, attempts, invitations } from "./attempts.ts";
import { heldOf, judgeAttempt } from "./judge-attempt.ts";
import type { HeldRules, Testimony, Tried } from "./ports.ts";
import { outcomes, sights } from "./result.ts";

const home = "stranger.nameplate.example";
const [strict, decides] = [heldOf(beginWith["under-10"]), heldOf(beginWith["16-17"])];
const saw: Testimony = {
  rules: strict,
  ...{ invited: [], shown: [], joined: [], asked: [], toDevices: { passed: 0, keptOut: 0 }, device: "TEAPOT" },
};
const judged = (attempt: Attempt, tried: Tried, seen: Partial<Testimony> = {}, rules: HeldRules = strict) =>
  judgeAttempt({ attempt, tried, home: { ...saw, ...seen } }, rules, home);
const others = attempts.filter((one) => !invitations.some((invite) => invite === one));
const asking = others.filter((one) => one !== "unseen");

test.each(invitations)(
  "An invite (%s) is kept out when the child's app is not shown it, whoever is asked",
  (attempt) => {
    const invite = { made: true, room: "!r" };
    const hidden = { invited: ["!r"] };
    expect(judged(attempt, invite, hidden)).toEqual({ attempt, outcome: "held", seen: "hidden" });
    expect(judged(attempt, invite, { ...hidden, asked: ["!r"] })).toEqual({ attempt, outcome: "held", seen: "asked" });
    // Refused to the stranger's face.
    expect(judged(attempt, { made: true })).toMatchObject({ outcome: "held" });
  },
);

test.each(invitations)(
  "An invite (%s) that the child sees or follows got through; where it decides, it is allowed",
  (attempt) => {
    const invite = { made: true, room: "!r" };
    const seen = [
      { invited: ["!r"], shown: ["!r"], asked: ["!r"] },
      { joined: ["!r"], asked: ["!r"] },
    ];
    for (const one of seen) {
      expect(judged(attempt, invite, one)).toMatchObject({ outcome: "through" });
      expect(judged(attempt, invite, one, decides)).toMatchObject({ outcome: "allowed" });
      // Whoever is on the never list is kept out from a child that decides, too.
      expect(judged(attempt, invite, one, { ...decides, never: [home] })).toMatchObject({ outcome: "through" });
    }
  },
);

test("An invite that never came to the child's home is not called kept out", () => {
  expect(judged("direct", { made: true, room: "!r" })).toEqual({
    ...{ attempt: "direct", outcome: "untried", seen: "noAnswer" },
  });
});

test.each(attempts)("What could not be made (%s) is said to be untried, whatever else was seen", (attempt) => {
  const seen = { shown: ["!r"], toDevices: { passed: 1, keptOut: 1 } };
  expect(judged(attempt, { made: false, learned: true }, seen)).toMatchObject({ outcome: "untried" });
});

test.each(asking)("What the stranger was told (%s) got through, and is allowed by the rules that say so", (attempt) => {
  const search = attempt === "search";
  expect(judged(attempt, { made: true, learned: false })).toEqual({ attempt, outcome: "held", seen: "nothing" });
  expect(judged(attempt, { made: true, learned: true })).toEqual({ attempt, outcome: "through", seen: "learned" });
  for (const rules of [decides, { ...strict, servers: [home] }])
    expect(judged(attempt, { made: true, learned: true }, {}, rules)).toMatchObject({
      // No rule lets another home's search find a child.
      outcome: search ? "through" : "allowed",
    });
});

test("A message between devices is kept out when the home counted that it was, and untried when it counted nothing", () => {
  const kept = judged("unseen", { made: true }, { toDevices: { passed: 0, keptOut: 1 } });
  expect(kept).toMatchObject({ outcome: "held", seen: "keptOut" });
  const passed = { toDevices: { passed: 1, keptOut: 0 } };
  expect(judged("unseen", { made: true }, passed)).toMatchObject({ outcome: "through", seen: "passed" });
  expect(judged("unseen", { made: true }, passed, decides)).toMatchObject({ outcome: "allowed" });
  expect(judged("unseen", { made: true })).toMatchObject({ outcome: "untried" });
});

test("Where no app of the child's has keys, nobody can say that they were kept", () => {
  for (const attempt of ["devices", "key"] as const)
    expect(judged(attempt, { made: true, learned: false }, { device: null })).toEqual({
      ...{ attempt, outcome: "untried", seen: "noApp" },
    });
});

test("Each attempt, outcome and sight has its words, and there are words for nothing else", () => {
  const words = messages.family.try;
  expect(Object.keys(words.attempts).sort()).toEqual([...attempts].sort());
  expect(attempts).toHaveLength(10);
  for (const texts of [words.outcomes, words.whole, words.wholeText])
    expect(Object.keys(texts).sort()).toEqual([...outcomes].sort());
  expect(Object.keys(words.seen).sort()).toEqual([...sights].sort());
});
