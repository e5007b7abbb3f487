import { expect, test } from "vitest";
import { Unreachable, type VendorAnswer } from "../errors.ts";
import { converge } from "./converge.ts";
import { provision, type Step } from "./step.ts";
import { MemoryJournal } from "./testing/memory-journal.ts";
import { smith } from "./testing/small-world.ts";
import { TestClock } from "./testing/test-clock.ts";

const clock = new TestClock();
const standing = (vendor: Partial<VendorAnswer>) => {
  const step: Step<"zone"> = {
    name: "zone",
    needs: { present: [], gone: [] },
    inspect: () => Promise.reject(new Unreachable("Slow down", { vendor: "V", call: "zones.list", ...vendor }, "none")),
  };
  const run = {
    tenant: smith,
    want: "present",
    policy: provision,
    journal: new MemoryJournal(clock),
    clock,
    doubtSeconds: 60,
  } as const;
  return converge(step, {}, run);
};

test.each([
  [1, 1],
  [60, 1],
  [61, 2],
  [1500, 25],
])(
  "A step that must wait its turn for %i seconds is looked at then, and the customer hears %i minutes",
  async (seconds, minutes) => {
    expect(await standing({ status: 429, retryAfterSeconds: seconds })).toEqual({
      state: "waiting",
      reason: {
        code: "busy",
        detail: "V answered 429 to zones.list: Slow down",
        say: { key: "reasons.of.busy.doing", values: { minutes } },
      },
      checkAfterSeconds: seconds,
    });
  },
);

test("A vendor that names no time is simply asked again", async () => {
  expect(await standing({ status: 429 })).toMatchObject({ state: "waiting", reason: { code: "unreachable" } });
});
