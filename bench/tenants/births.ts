/** Births of ours: from nothing to an account with a password, one after the other. */
import { testPassword } from "@/workers/edge/test-families.ts";
import { median, sleep, timed } from "./figures.ts";
import type { World } from "./world.ts";

/** The tenth birth against the two hundredth: medians of ten around each, so that one hiccup says nothing. */
const early = [5, 15] as const;
const late = [194, 204] as const;
export const birthCount = late[1];
/** Families do not come in the same second: as long as making a database ahead takes. */
const pauseSeconds = 2.5;
/** Accounts are signed in to on so many, for the benches that need somebody known. */
const withToken = 70;

export interface Births {
  readonly names: readonly string[];
  /** Tokens of an owner, for the first homes. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Database, process, an account and its password, which costs a hash. */
  readonly seconds: number;
  /** The same without the password, as when a home is bought: its owner chooses one later. */
  readonly withoutPasswordSeconds: number;
  /** The two hundredth against the tenth. */
  readonly lateRatio: number;
}

export async function measureBirths(world: World, say: (words: string) => void): Promise<Births> {
  const { families } = world;
  const names: string[] = [];
  const tokens = new Map<string, string>();
  const whole: number[] = [];
  const bare: number[] = [];
  for (let i = 0; i < birthCount; i++) {
    const name = `home${i}.test`;
    const measured = [early, late].some(([from, to]) => i >= from && i < to);
    if (measured) await sleep(pauseSeconds);
    const owner = { id: "anna", given: "Anna", part: "anna", child: false, runsHome: true, page: false };
    const born = await timed(async () => {
      await families.join(name);
      await families.accounts.ensureAccount(name, owner);
    });
    const password = await timed(() => families.accounts.setSecret(name, owner.part, testPassword));
    bare.push(born.seconds);
    whole.push(born.seconds + password.seconds);
    names.push(name);
    if (i < withToken) tokens.set(name, await families.logIn(name, owner.part));
    if (i % 50 === 49) say(`${i + 1} homes were born.`);
  }
  const around = (values: readonly number[], [from, to]: readonly [number, number]) => median(values.slice(from, to));
  return {
    names,
    tokens,
    seconds: around(whole, early),
    withoutPasswordSeconds: around(bare, early),
    lateRatio: around(whole, late) / around(whole, early),
  };
}
