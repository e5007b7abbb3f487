import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "@/lib/clock.ts";
import { type HostEvent, hearHost } from "./hear-host.ts";

let folder: string;
let path: string;
let host: Server | undefined;
let listener: { close(): Promise<void> } | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nameplate-host-"));
  path = join(folder, "host.sock");
});
afterEach(async () => {
  await listener?.close();
  host?.close();
  rmSync(folder, { recursive: true });
});

const woke = (name: string) =>
  `{"event":"woke","name":"${name}","time":"2026-11-25T04:00:00.000+00:00","seconds":0.3}\n`;

/** A tenant host that says these parts to whoever asks to listen. */
async function hostThatSays(...parts: string[]): Promise<Socket[]> {
  const lines: Socket[] = [];
  host = createServer((socket) => {
    lines.push(socket);
    socket.on("error", () => {});
    socket.once("data", () => {
      for (const part of parts) socket.write(part);
    });
  });
  await new Promise<void>((ready) => host?.listen(path, ready));
  return lines;
}

test("Events of homes are heard one by one, however the lines are cut, and what is none is passed over", async () => {
  const heard: HostEvent[] = [];
  const [first, second] = [woke("smith.family"), woke("jones.family")];
  await hostThatSays(
    '{"listening":true}\n',
    first.slice(0, 20),
    first.slice(20) + second,
    "no json\n",
    '{"event":"sang"}\n',
  );
  listener = hearHost(path, systemClock, (event) => heard.push(event));
  await vi.waitFor(() => expect(heard.map(({ name }) => name)).toEqual(["smith.family", "jones.family"]));
  expect(heard[0]).toMatchObject({ event: "woke", seconds: 0.3 });
});

test("A host that comes late, and one that comes back, are heard all the same", async () => {
  const heard: HostEvent[] = [];
  const quick = { ...systemClock, sleep: () => systemClock.sleep(10) };
  listener = hearHost(path, quick, (event) => heard.push(event));
  const lines = await hostThatSays(woke("smith.family"));
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  for (const line of lines) line.destroy();
  await vi.waitFor(() => expect(heard).toHaveLength(2));
});
