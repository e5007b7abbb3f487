import type { TestClock } from "../objects/test-clock.ts";
import { invalid } from "../protocol/errors.ts";
import { hasEnded } from "../state/agenda.ts";
import type { Work } from "../state/work.ts";
import { cancelNow } from "./cancel.ts";
import { afterIntervals } from "./period.ts";

/** Stripe's limits (docs.stripe.com/billing/testing/test-clocks, from memory). */
const mostCustomers = 3;
const mostIntervals = 2;

/** A customer joins a test clock when it is made, and never later. */
export function mayJoin(work: Work, id: string): void {
  work.need("test_helpers.test_clock", id, "test_clock");
  if (customersOf(work, id).length >= mostCustomers)
    throw invalid(`A test clock can have at most ${mostCustomers} customers.`, { param: "test_clock" });
}

/** Sets a test clock going: what happens until then is done before the next answer (`due.ts`). */
export function advance(work: Work, clock: TestClock, to: number): TestClock {
  if (clock.status !== "ready") throw invalid("The test clock is advancing already.", { code: "test_clock_busy" });
  if (to <= clock.frozen_time)
    throw invalid("The `frozen_time` must be later than the test clock's current time.", { param: "frozen_time" });
  if (to > farthest(work, clock))
    throw invalid(
      `You can advance a test clock at most ${mostIntervals} intervals of its shortest subscription at a time.`,
      { param: "frozen_time" },
    );
  return work.tell(
    "test_helpers.test_clock.advancing",
    { ...clock, status: "advancing", status_details: { advancing: { target_frozen_time: to } } },
    { previous: { status: clock.status, status_details: clock.status_details } },
  );
}

/** Two years ahead where no subscription runs. */
function farthest(work: Work, clock: TestClock): number {
  const running = work.all("subscription").filter((one) => one.test_clock === clock.id && !hasEnded(one));
  const ends = running.flatMap((one) =>
    one.items.data.map(({ plan }) => afterIntervals(clock.frozen_time, plan, mostIntervals)),
  );
  const twoYears = afterIntervals(clock.frozen_time, { interval: "year", interval_count: 1 }, 2);
  return Math.min(twoYears, ...ends);
}

/** The time it was set to has come, and all until then is done. */
export function arrive(work: Work, clock: TestClock, at: number): TestClock {
  return work.tell(
    "test_helpers.test_clock.ready",
    { ...clock, frozen_time: at, status: "ready", status_details: {} },
    { previous: { frozen_time: clock.frozen_time, status: clock.status, status_details: clock.status_details } },
  );
}

/** Its customers go with it, and their subscriptions end. */
export function removeClock(work: Work, clock: TestClock): void {
  for (const customer of customersOf(work, clock.id)) {
    const running = work.all("subscription").filter((one) => one.customer === customer.id && !hasEnded(one));
    for (const one of running) cancelNow(work, one, work.now);
    work.remove("customer.deleted", customer);
  }
  work.remove("test_helpers.test_clock.deleted", clock);
}

const customersOf = (work: Work, id: string) => work.all("customer").filter((one) => one.test_clock === id);
