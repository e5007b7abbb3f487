import { expect, test } from "vitest";
import { Unreachable } from "../errors.ts";
import { reconcile } from "./reconcile.ts";
import { provision, type Step } from "./step.ts";
import { MemoryJournal } from "./testing/memory-journal.ts";
import { smith } from "./testing/small-world.ts";
import { TestClock } from "./testing/test-clock.ts";

/** A step that fails as it is told, looked at whenever it asks for it. */
function life(inspect: () => Promise<never>) {
  const clock = new TestClock();
  const journal = new MemoryJournal(clock);
  const begun = clock.now().getTime();
  let failing = true;
  const step: Step<"zone"> = {
    name: "zone",
    needs: { present: [], gone: [] },
    inspect: () =>
      failing
        ? inspect()
        : Promise.resolve({ state: "waiting", reason: { code: "starting", detail: "" }, checkAfterSeconds: 3 }),
  };
  const look = async () => {
    const run = { tenant: smith, want: "present", policy: provision, clock, journal, doubtSeconds: 60 } as const;
    const { findings, nextCheckAt } = await reconcile([step as Step], {}, { ...run, unanswered: journal.unanswered });
    const wait = ((nextCheckAt?.getTime() ?? 0) - clock.now().getTime()) / 1000;
    clock.pass(wait);
    const finding = findings.get("zone");
    return { wait, code: finding?.state === "waiting" ? finding.reason.code : undefined };
  };
  return {
    look,
    hours: () => (clock.now().getTime() - begun) / 3_600_000,
    mend: () => {
      failing = false;
    },
    spoil: () => {
      failing = true;
    },
  };
}

const away = () => Promise.reject(new Unreachable("silent", { vendor: "V", call: "zones.list" }, "none"));
const broken = () => Promise.reject(new TypeError("undefined is not a function"));

test("A vendor that is away for a moment is asked again within seconds", async () => {
  const { look } = life(away);
  expect([await look(), await look()]).toEqual([
    { wait: 5, code: "unreachable" },
    { wait: 5, code: "unreachable" },
  ]);
});

test.each([
  ["vendor that does not answer", away, "away-for-a-day"],
  ["bug of ours", broken, "bug"],
])(
  "A %s is tried less often the longer it lasts, and after a day once an hour, with a person told",
  async (_, inspect, code) => {
    const { look, hours } = life(inspect);
    let tries = 0;
    while (hours() < 24) {
      expect((await look()).wait).toBeLessThanOrEqual(600);
      tries += 1;
    }
    expect(tries).toBeLessThan(200);
    expect(await look()).toEqual({ wait: 3600, code });
  },
);

test("Any answer in between begins the count anew", async () => {
  const { look, hours, mend, spoil } = life(away);
  while (hours() < 1) await look();
  mend();
  expect(await look()).toEqual({ wait: 3, code: "starting" });
  spoil();
  expect(await look()).toEqual({ wait: 5, code: "unreachable" });
});
