import { expect, test } from "vitest";
import { reconcile } from "./reconcile.ts";
import { type Finding, provision, type Step } from "./step.ts";
import { MemoryJournal } from "./testing/memory-journal.ts";
import { smith } from "./testing/small-world.ts";
import { TestClock } from "./testing/test-clock.ts";

test("A step that waits its turn is not looked at before it comes, and those beside it are", async () => {
  const clock = new TestClock();
  const looked: string[] = [];
  const step = (name: "domain" | "homeserver"): Step =>
    ({
      name,
      needs: { present: [], gone: [] },
      inspect: async () => {
        looked.push(name);
        return { state: "waiting", reason: { code: "starting", detail: "" }, checkAfterSeconds: 900 };
      },
    }) as Step;
  const turn: Finding = { state: "waiting", reason: { code: "busy", detail: "" }, checkAfterSeconds: 420 };
  const { findings, nextCheckAt } = await reconcile(
    [step("domain"), step("homeserver")],
    {},
    {
      tenant: smith,
      want: "present",
      policy: provision,
      journal: new MemoryJournal(clock),
      clock,
      doubtSeconds: 60,
      turns: new Map([["domain", turn]]),
    },
  );
  expect(looked).toEqual(["homeserver"]);
  expect(findings.get("domain")).toBe(turn);
  expect(nextCheckAt).toEqual(new Date(clock.now().getTime() + 420_000));
});
