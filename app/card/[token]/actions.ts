"use server";

import { refresh } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { Wrong } from "@/components/wrong.ts";
import { NameplateError } from "@/lib/errors.ts";
import { checkPassword } from "@/lib/households/check-password.ts";
import { agreeAlone } from "@/lib/households/consent/agree-alone.ts";
import { agreeByCard } from "@/lib/households/house/answer-house.ts";
import { lookAtCard } from "@/lib/households/look-at-card.ts";
import { sendFirstPassword } from "@/lib/password-socket.ts";
import { web } from "@/lib/web.ts";
import { addressOf } from "../../_frame/caller.ts";
import { saving, tooOften } from "../../_frame/limits.ts";
import { sayer, wrongsOf } from "../../_frame/say.ts";
import { textOf } from "../../start/_wizard/form-values.ts";

/** What the form shows after a try. Never the password. */
export interface SavedPassword {
  /** Grows with each try, so that the summary takes the focus again. */
  readonly tries: number;
  readonly wrong?: Wrong | undefined;
  /** Nobody could take it just now; the card is unharmed. */
  readonly away?: string;
  /** Whether the child had agreed itself. */
  readonly own?: boolean;
  /** Whether they had agreed to the house terms. */
  readonly house?: boolean;
}

/** Uses a card: its secret is the authorisation. The password goes through here to the homeserver and stays nowhere. */
export async function savePasswordAction(before: SavedPassword, form: FormData): Promise<SavedPassword> {
  const token = textOf(form, "token");
  const tries = before.tries + 1;
  const own = textOf(form, "own") === "yes";
  const house = textOf(form, "house") === "yes" ? Number(textOf(form, "houseNth")) : 0;
  const found = await tryToSave(token, textOf(form, "password"), { own, house });
  if (found === "saved") redirect(`/card/${encodeURIComponent(token)}/done`);
  // A card that was used, replaced or ran out meanwhile says so itself.
  if (found === "look") redirect(`/card/${encodeURIComponent(token)}`);
  return { tries, own, house: house > 0, ...found };
}

type Found = "saved" | "look" | Pick<SavedPassword, "wrong" | "away" | "house">;

/** What was ticked: the child's own word, and the version of the house terms that stood there, or 0. */
interface Ticked {
  readonly own: boolean;
  readonly house: number;
}

async function tryToSave(token: string, password: string, { own, house }: Ticked): Promise<Found> {
  const { world, env } = web();
  const say = await sayer();
  const wait = await tooOften(saving);
  if (wait !== undefined) return { away: say({ key: "again.often" }) };
  const sight = await lookAtCard(world, token);
  if (sight?.state !== "works") return "look";
  const wrong = checkPassword(password, sight.part, sight.name);
  if (wrong) return { wrong: beside(wrong, say) };
  if (sight.decidesAlone && !own) return { wrong: beside({ key: "card.errors.own" }, say, "own") };
  if (sight.house && house !== sight.house.nth) {
    // The page shows what holds now, beside the sentence that says so.
    if (house > 0) refresh();
    const key = `card.errors.${house > 0 ? "houseChanged" : "house"}`;
    return { wrong: beside({ key }, say, "house"), house: false };
  }
  try {
    if (sight.house) await agreeByCard(world, { token, nth: house });
    if (sight.decidesAlone)
      await agreeAlone(world, { token, text: await ownWords(), from: addressOf(await headers()) });
    await sendFirstPassword(env.PASSWORD_SOCKET, { token, password });
    return "saved";
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    const said = error.say ?? { key: "card.away" };
    if (error.kind === "bad-input") return { wrong: beside(said, say) };
    return error.kind === "unreachable" ? { away: say(said) } : "look";
  }
}

const ownWords = async (): Promise<string> => (await getTranslations("card"))("ownWords");

const beside = (
  said: NonNullable<NameplateError["say"]>,
  say: Awaited<ReturnType<typeof sayer>>,
  at: "password" | "own" | "house" = "password",
): Wrong | undefined => wrongsOf([{ at, field: { key: "card.field" }, say: said }], say)[0];
