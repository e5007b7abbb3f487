import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { describeRules, type RulesView } from "@/lib/households/rules/describe-rules.ts";
import { type Chosen, choiceShape, type RulesChoice } from "@/lib/households/rules/read-choice.ts";
import { nights } from "@/lib/households/rules/read-nights.ts";
import { ruleChanges } from "@/lib/households/rules/rule-changes.ts";
import { web } from "@/lib/web.ts";
import { carriedAll, carryAll } from "../../../../_frame/flash.ts";
import { asMuchOf } from "../../../../_frame/most-typed.ts";
import { textOf } from "../../../../start/_wizard/form-values.ts";
import { type OfHome, parentOf } from "../../../_parts/member.ts";

export interface ChildOfHome {
  readonly member: OfHome;
  readonly child: RulesView;
}

/** The child of this home that an address or a form names; nobody else's is found. */
export const childIn = cache(async (name: string, personId: string): Promise<ChildOfHome> => {
  const member = await parentOf(name);
  const child = (await describeRules(web().world, member)).find((one) => one.personId === personId);
  return child ? { member, child } : notFound();
});

/** What a form of the page says; undefined where it is none of ours. */
export function choiceIn(form: FormData): RulesChoice | undefined {
  const ticked = (field: string): boolean => textOf(form, field) === "yes";
  const line = (field: string): string => asMuchOf(textOf(form, field));
  const act = line("act");
  const read = choiceShape.safeParse({
    seen: Number(textOf(form, "seen")),
    person: line("allow"),
    server: line("allowServer"),
    off: act.startsWith("off:") ? act.slice(4) : line("off"),
    stranger: textOf(form, "stranger"),
    nights: Object.fromEntries(nights.map((night) => [night, { from: line(`${night}From`), to: line(`${night}To`) }])),
    ...{ zone: line("zone"), seenZone: line("seenZone"), closed: ticked("closed"), uploads: line("uploads") },
    ...{ family: ticked("family"), create: ticked("create"), found: ticked("found"), paused: ticked("paused") },
  });
  return read.success ? read.data : undefined;
}

const carriedShape = z.object({ personId: z.string(), choice: choiceShape });

export const carryChoice = (personId: string, choice: RulesChoice): Promise<void> =>
  carryAll({ personId, choice }, "/home");

/** What was chosen for this child a moment ago; undefined when nothing was, or when other rules hold since. */
export async function carriedChoice(child: RulesView): Promise<RulesChoice | undefined> {
  const carried = await carriedAll(carriedShape);
  return carried?.personId === child.personId && isAsSeen(carried.choice, child) ? carried.choice : undefined;
}

/** Whether what a form showed is what holds. */
export const isAsSeen = ({ seen, seenZone }: RulesChoice, now: Pick<RulesView, "seen" | "zone">): boolean =>
  seen === now.seen && seenZone === (now.zone ?? "");

/** Whether anything would read otherwise. */
export const isOther = ({ rules, zone }: Chosen, now: Pick<RulesView, "rules" | "zone">): boolean =>
  zone !== now.zone || ruleChanges(now.rules, rules).length > 0;
