import { expect, test } from "vitest";
import { dueAt } from "./due-at.ts";

test.each([
  ["on a Tuesday, the same hour on Wednesday", "2026-12-01T09:30:00Z", "2026-12-02T09:30:00Z"],
  ["on a Friday evening, the same hour on Monday", "2026-12-04T18:00:00Z", "2026-12-07T18:00:00Z"],
  ["on a Saturday, the end of Monday", "2026-12-05T10:00:00Z", "2026-12-08T00:00:00Z"],
  ["on a Sunday night, the end of Monday", "2026-12-06T23:59:00Z", "2026-12-08T00:00:00Z"],
  ["at the first minute of Monday, the first of Tuesday", "2026-12-07T00:00:00Z", "2026-12-08T00:00:00Z"],
])("what is reported %s is due", (_when, at, due) => {
  expect(dueAt(new Date(at)).toISOString()).toBe(new Date(due).toISOString());
});
