import type { Born } from "./shared.ts";

export type TestClockStatus = "advancing" | "ready";

/** Stripe deletes a test clock thirty days after it was made; the stand-in says so and keeps it. */
const keptFor = 30 * 86_400;

export type TestClock = ReturnType<typeof newTestClock>;
export const newTestClock = ({ id, created }: Born, frozenTime: number, name: string | null) => ({
  id,
  object: "test_helpers.test_clock" as const,
  created,
  deletes_after: created + keptFor,
  frozen_time: frozenTime,
  livemode: false,
  name,
  status: "ready" as TestClockStatus,
  status_details: {} as { readonly advancing?: { readonly target_frozen_time: number } },
});
