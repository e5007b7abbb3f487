import { z } from "zod";
import { advance, removeClock } from "../billing/test-clocks.ts";
import { newTestClock } from "../objects/test-clock.ts";
import { pageOf } from "../protocol/lists.ts";
import { int, paging, text } from "../protocol/params.ts";
import { route } from "../protocol/route.ts";

const path = "/test_helpers/test_clocks";
const read = "rak_billing_clock_read";
const write = "rak_billing_clock_write";

/** Clocks that a test moves, each with up to three customers who live by it. */
export const testClocks = [
  route({
    method: "POST",
    path,
    call: "testHelpers.testClocks.create",
    permission: write,
    params: z.strictObject({ frozen_time: int(0), name: text(300).optional() }),
    run: ({ work, params }) =>
      work.tell(
        "test_helpers.test_clock.created",
        newTestClock(work.born("clock"), params.frozen_time, params.name ?? null),
      ),
  }),
  route({
    method: "GET",
    path,
    call: "testHelpers.testClocks.list",
    permission: read,
    params: z.strictObject(paging),
    run: ({ work, params }) => pageOf(`/v1${path}`, work.all("test_helpers.test_clock"), params),
  }),
  route({
    method: "GET",
    path: `${path}/:id`,
    call: "testHelpers.testClocks.retrieve",
    permission: read,
    params: z.strictObject({}),
    run: ({ work, id }) => work.need("test_helpers.test_clock", id),
  }),
  route({
    method: "POST",
    path: `${path}/:id/advance`,
    call: "testHelpers.testClocks.advance",
    permission: write,
    params: z.strictObject({ frozen_time: int(0) }),
    run: ({ work, id, params }) => advance(work, work.need("test_helpers.test_clock", id), params.frozen_time),
  }),
  route({
    method: "DELETE",
    path: `${path}/:id`,
    call: "testHelpers.testClocks.del",
    permission: write,
    params: z.strictObject({}),
    run: ({ work, id }) => {
      const clock = work.need("test_helpers.test_clock", id);
      removeClock(work, clock);
      return { id, object: clock.object, deleted: true };
    },
  }),
];
