import { decode, encode } from "dns-packet";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemIds } from "@/lib/ids.ts";
import { openLedger } from "@/sandbox/shared/ledger.ts";
import type { Happening } from "../happenings.ts";
import { Running } from "../testing.ts";
import { World } from "../world.ts";
import { reply } from "./reply.ts";

const running = new Running();
let world: World;
beforeAll(async () => {
  await running.start();
  world = new World(openLedger<Happening>(`${running.folder}/own.jsonl`, running.clock), running.clock, systemIds);
  world.happen({ kind: "zone.created", id: "z", name: "zone.example" });
});
afterAll(() => running.stop());

/** A query whose name may have labels of any bytes, dots and nothing among them. */
const query = fc
  .tuple(
    fc.array(fc.uint8Array({ minLength: 1, maxLength: 63 }), { maxLength: 5 }),
    fc.integer({ min: 0, max: 0xffff }),
    fc.boolean(),
  )
  .map(([labels, type, ours]) => {
    const head = encode({ type: "query", id: 7, questions: [] });
    head.writeUInt16BE(1, 4);
    const all = ours ? [...labels.slice(0, 2), Buffer.from("zone"), Buffer.from("example")] : labels;
    const name = all.flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
    return Buffer.concat([head, ...name, Buffer.from([0, type >> 8, type & 255, 0, 1])]);
  });

test("a label that is a dot is refused, not mistaken for the dot between two", () => {
  const dot = Buffer.from([
    0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 46, 4, 122, 111, 110, 101, 7, 101, 120, 97, 109, 112, 108, 101, 0, 0, 1, 0,
    1,
  ]);
  expect((reply(world, dot, "udp")?.readUInt16BE(2) ?? 0) & 0x0f).toBe(5);
});

test("whatever is sent, the answer is either none or one that can be read", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        query,
        fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
      ),
      fc.constantFrom("udp" as const, "tcp" as const),
      (message, over) => {
        const answer = reply(world, message, over);
        if (answer) expect(decode(answer)).toMatchObject({ flag_qr: true, id: message.readUInt16BE(0) });
        if (answer && over === "udp") expect(answer.length).toBeLessThanOrEqual(1232);
      },
    ),
    { numRuns: 3000 },
  );
});
