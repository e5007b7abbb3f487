import { afterAll, expect, test } from "vitest";
import { systemIds } from "@/lib/ids.ts";
import { openLedger } from "@/sandbox/shared/ledger.ts";
import { answer } from "./dns/answer.ts";
import type { Happening } from "./happenings.ts";
import { leadOwnHost } from "./own-host.ts";
import { Running } from "./testing.ts";
import { World } from "./world.ts";

const running = new Running();
afterAll(() => running.stop());

test("A host of our own leads where it was said to, and is written once however often the stand-in begins", () => {
  const ledger = openLedger<Happening>(`${running.folder}/own.jsonl`, running.clock);
  const world = new World(ledger, running.clock, systemIds);
  for (const _ of ["once", "and again"]) leadOwnHost(world, "stranger.example.test", ["127.0.0.1", "::1"]);
  const asked = (type: "A" | "AAAA") =>
    answer(world, { type, name: "stranger.example.test" }).answers.map((one) => "data" in one && one.data);
  expect([asked("A"), asked("AAAA")]).toEqual([["127.0.0.1"], ["::1"]]);
  expect(world.zones.size).toBe(1);
});
