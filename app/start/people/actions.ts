"use server";

import { redirect } from "next/navigation";
import { choosePeople, mostPeople, type PeopleAct, type PeopleForm } from "@/lib/orders/choose-people.ts";
import type { TypedPerson } from "@/lib/orders/draft.ts";
import { web } from "@/lib/web.ts";
import { change } from "../_wizard/change.ts";
import { textOf } from "../_wizard/form-values.ts";

/** Screen 3: Continue, another plan, Add another person, Take out. The browser's own order is the only one it can reach. */
export async function choosePeopleAction(form: FormData): Promise<void> {
  const done = await change("people", (key) =>
    choosePeople(web().world, key, formOf(form), actOf(textOf(form, "act"))),
  );
  if (done.next === "deed") redirect("/start/deed");
  // Always with a place: without scripts the browser would keep the place of the line that was added last.
  redirect(`/start/people#${done.focus ?? "problem"}`);
}

const formOf = (form: FormData): PeopleForm => ({
  rows: rowsOf(form),
  plan: textOf(form, "plan") || undefined,
  seen: textOf(form, "seen"),
});

/** Each line has a key of its own, by which its fields are named. A form with more than any home takes is none of ours. */
function rowsOf(form: FormData): readonly TypedPerson[] {
  const keys = form.getAll("key").filter((key): key is string => typeof key === "string" && /^\w{1,60}$/.test(key));
  return [...new Set(keys)].slice(0, mostPeople()).map((key) => ({
    key,
    given: textOf(form, `given-${key}`),
    part: textOf(form, `part-${key}`),
    kind: textOf(form, `kind-${key}`),
    email: textOf(form, `email-${key}`),
    age: textOf(form, `age-${key}`),
  }));
}

function actOf(pressed: string): PeopleAct {
  if (pressed === "add" || pressed === "plan") return { kind: pressed };
  return pressed.startsWith("out:") ? { kind: "take-out", key: pressed.slice(4) } : { kind: "continue" };
}
