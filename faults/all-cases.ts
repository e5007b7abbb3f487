import { notListedYet } from "./blocks/m1-not-listed-yet.ts";
import { singleFaults } from "./blocks/m1-single-faults.ts";
import { crashes } from "./blocks/m2-crashes.ts";
import { webhooks } from "./blocks/m3-webhooks.ts";
import { redisFaults } from "./blocks/m4-redis.ts";
import { databaseFaults } from "./blocks/m5-database.ts";
import { concurrency } from "./blocks/m6-concurrency.ts";
import { isolation } from "./blocks/m7-isolation.ts";
import { clocks } from "./blocks/m8-clocks.ts";
import { histories } from "./blocks/m9-histories.ts";
import type { Case } from "./case.ts";
import type { Passed } from "./reference.ts";

/** Every block's cases, made from what the journeys pass today. */
const blocks: Readonly<Record<string, (passed: readonly Passed[]) => readonly Case[]>> = {
  M1: (passed) => [...singleFaults(passed), ...notListedYet()],
  M2: crashes,
  M3: webhooks,
  M4: redisFaults,
  M5: databaseFaults,
  M6: concurrency,
  M7: isolation,
  M8: clocks,
  M9: histories,
};
export const blockNames = Object.keys(blocks);

export const allCases = (passed: readonly Passed[], only?: string): readonly Case[] =>
  Object.entries(blocks).flatMap(([block, make]) => (only && only !== block ? [] : make(passed)));
