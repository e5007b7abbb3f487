import { z } from "zod";
import type { Reading } from "@/lib/orders/problem.ts";
import { bandAt } from "@/lib/tenants/growing-up.ts";

const day = z.iso.date();

/** A child's day of birth as a date field sends it, `2017-03-12`; null where it is left empty. */
export function readBirthday(typed: string, now: Date): Reading<Date | null> {
  if (typed === "") return { ok: true, value: null };
  const wrong = (word: "date" | "future" | "adult"): Reading<never> => ({
    ok: false,
    problems: [{ at: "bornOn", field: { key: "family.growing.field" }, say: { key: `family.growing.errors.${word}` } }],
  });
  if (!day.safeParse(typed).success) return wrong("date");
  const bornOn = new Date(`${typed}T00:00:00Z`);
  if (bornOn > now) return wrong("future");
  return bandAt(bornOn, now) ? { ok: true, value: bornOn } : wrong("adult");
}
