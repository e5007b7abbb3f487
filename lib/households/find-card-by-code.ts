import { NameplateError } from "@/lib/errors.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { Limiter, LimitRule } from "@/lib/queue/limit.ts";
import type { World } from "@/lib/world.ts";
import { cardToken, normaliseCode } from "./card-secret.ts";

/** Wrong letters a caller may type in an hour. Right ones do not count, so that a whole family can use its cards. */
export const codeRule: LimitRule = { what: "card-code", tries: 10, seconds: 3600, whenAway: "refuse" };

/** Longer than any code with spaces and hyphens; nothing longer is looked at. */
const mostTyped = 100;

/**
 * The card whose letters were typed from paper: its token, for `/card/TOKEN`. Throws `bad-input` when there is none, and
 * `too-often` after too many wrong ones from one caller.
 */
export async function findCardByCode(
  { db, linkKey, limiter }: World & { readonly limiter: Limiter },
  typed: string,
  caller: string,
): Promise<string> {
  const code = normaliseCode(typed.slice(0, mostTyped));
  if (code === "") throw new NameplateError("bad-input", "No letters typed", { key: "card.code.empty" });
  const taken = await limiter.take(codeRule, caller);
  if (!taken.ok) {
    const minutes = Math.ceil(taken.waitSeconds / 60);
    throw new NameplateError("too-often", "Too many codes", { key: "card.tooOften", values: { minutes } });
  }
  const card = await db.card.findUnique({ where: { codeHash: hashSecret(code) } });
  if (!card) throw new NameplateError("bad-input", "No card has these letters", { key: "card.wrongCode" });
  await limiter.giveBack(codeRule, caller);
  return cardToken(linkKey, card.id);
}
