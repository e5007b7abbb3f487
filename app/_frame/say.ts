import { getTranslations } from "next-intl/server";
import type { Wrong } from "@/components/wrong.ts";
import type { Said } from "@/lib/errors.ts";
import type { Problem } from "@/lib/orders/problem.ts";

/** The catalogue with keys that verbs name. `messages/keys.test.ts` holds them against the catalogue. */
export interface Say {
  (said: Said, more?: Said["values"]): string;
  /** Whether the catalogue has this key. */
  has(key: string): boolean;
}

type AnyKey = Parameters<Awaited<ReturnType<typeof getTranslations<never>>>>[0];

export async function sayer(): Promise<Say> {
  const t = await getTranslations();
  const say = (said: Said, more: Said["values"] = {}) => t(said.key as AnyKey, { ...said.values, ...more } as never);
  return Object.assign(say, { has: (key: string) => t.has(key as AnyKey) });
}

/** Problems in the reader's words: the whole sentence beside the field, and the shorter one in the summary where there is one. */
export function wrongsOf(problems: readonly Problem[], say: Say, more: Said["values"] = {}): readonly Wrong[] {
  return problems.map(({ at, field, say: said }) => {
    const values = { ...more, field: say(field) };
    const short = `${said.key}Short`;
    return {
      at,
      text: say(said, values),
      short: say(say.has(short) ? { ...said, key: short } : said, values),
      before: say({ key: "frame.errorBefore" }),
    };
  });
}
