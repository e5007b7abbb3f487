import { daysAfter } from "@/lib/clock.ts";

const [sunday, saturday] = [0, 6];

/**
 * When a person has answered at the latest: one working day later, Monday to Friday. What comes on a Friday is due at the same hour
 * on Monday, and what comes at a weekend at the end of Monday. A public holiday is no working day, and counts as one here: the
 * clock runs for us, never against whoever waits. Days are UTC's, which in summer differ from London's by an hour at midnight.
 */
export function dueAt(at: Date): Date {
  const due = daysAfter(isWeekend(at) ? mondayAfter(at) : at, 1);
  return isWeekend(due) ? daysAfter(due, 2) : due;
}

const isWeekend = (at: Date): boolean => [sunday, saturday].includes(at.getUTCDay());

function mondayAfter(at: Date): Date {
  const monday = daysAfter(at, at.getUTCDay() === saturday ? 2 : 1);
  monday.setUTCHours(0, 0, 0, 0);
  return monday;
}
