"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Wrong } from "@/components/wrong.ts";
import { NameplateError } from "@/lib/errors.ts";
import { findCardByCode } from "@/lib/households/find-card-by-code.ts";
import { web } from "@/lib/web.ts";
import { caller } from "../_frame/caller.ts";
import { asMuchOf } from "../_frame/most-typed.ts";
import { sayer, wrongsOf } from "../_frame/say.ts";
import { textOf } from "../start/_wizard/form-values.ts";

export interface OpenedCard {
  readonly tries: number;
  readonly typed: string;
  readonly wrong?: Wrong | undefined;
}

/** The letters of a card lead to the card. They are the authorisation; wrong ones are counted. */
export async function openCardAction(before: OpenedCard, form: FormData): Promise<OpenedCard> {
  const typed = textOf(form, "code");
  const found = await find(typed);
  if (typeof found === "string") redirect(`/card/${found}`);
  return { tries: before.tries + 1, typed: asMuchOf(typed), wrong: found };
}

async function find(typed: string): Promise<string | Wrong | undefined> {
  const { world, limiter } = web();
  try {
    return await findCardByCode({ ...world, limiter }, typed, caller(await headers()));
  } catch (error) {
    if (!(error instanceof NameplateError) || !error.say) throw error;
    return wrongsOf([{ at: "code", field: { key: "card.code.field" }, say: error.say }], await sayer())[0];
  }
}
