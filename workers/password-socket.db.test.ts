import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { Unreachable } from "@/lib/errors.ts";
import { cardToken } from "@/lib/households/card-secret.ts";
import { lookAtCard } from "@/lib/households/look-at-card.ts";
import { makeCard } from "@/lib/households/make-card.ts";
import { sendFirstPassword } from "@/lib/password-socket.ts";
import { askForTenant } from "@/lib/tenants/ask-for-tenant.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { holdPasswordSocket } from "./password-socket.ts";

const world = dbWorld();
const folder = mkdtempSync(join(tmpdir(), "nameplate-socket-"));
const path = join(folder, "password");
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.db.$disconnect();
});

const lines: unknown[] = [];
const write = (...line: unknown[]) => void lines.push(line);
const log = { debug: write, info: write, warn: write, error: write };
let held: { close(): Promise<void> } | undefined;
afterEach(async () => {
  await held?.close();
  held = undefined;
  lines.splice(0);
});

/** A worker that holds the socket, over a homeserver that answers so. */
async function worker(setSecret: (name: string, part: string, secret: string) => Promise<void>) {
  const accounts = { setSecret };
  held = holdPasswordSocket(path, { ...world, accounts, log });
  await vi.waitFor(() =>
    sendFirstPassword(path, { token: "x", password: "y" }).catch((error) => expect(error.kind).toBe("not-found")),
  );
}
async function card() {
  const now = world.clock.now();
  const { order } = await makeOrder(world, { state: "paid", paidAt: now });
  const id = await world.db.$transaction(async (tx) => {
    const tenantId = await askForTenant(tx, world, order);
    await tx.tenant.update({ where: { id: tenantId }, data: { accountAt: now } });
    const ben = await tx.person.findFirstOrThrow({ where: { tenantId, part: "ben" } });
    return (await makeCard(tx, world, ben.id)).id;
  });
  return { token: cardToken(world.linkKey, id), name: order.name ?? "" };
}
const password = "a plum on a slow tram";

describe("A first password", () => {
  test("goes over the worker's socket to the homeserver, and into no log", async () => {
    const set: string[] = [];
    await worker(async (name, part, secret) => void set.push(`@${part}:${name} ${secret}`));
    const { token, name } = await card();
    await sendFirstPassword(path, { token, password });
    expect(set).toEqual([`@ben:${name} ${password}`]);
    expect((await lookAtCard(world, token))?.state).toBe("used");
    expect(JSON.stringify(lines)).not.toContain("plum");
  });

  test("that the worker refuses comes back with its reason", async () => {
    await worker(async () => {});
    const { token } = await card();
    const send = (typed: string) => sendFirstPassword(path, { token, password: typed });
    await expect(send("short")).rejects.toMatchObject({ kind: "bad-input", say: { key: "card.errors.short" } });
    await send(password);
    await expect(send(password)).rejects.toMatchObject({ kind: "changed-meanwhile", say: { key: "card.used" } });
  });

  test.each([
    ["the homeserver does not answer", true],
    ["no worker is there", false],
  ])("leaves the card as it was when %s", async (_, there) => {
    const failed = new Unreachable("no answer", { vendor: "synapse", call: "reset_password" });
    if (there)
      await worker(async () => {
        throw failed;
      });
    const { token } = await card();
    await expect(sendFirstPassword(path, { token, password })).rejects.toMatchObject({
      kind: "unreachable",
      say: { key: "card.away" },
    });
    expect((await lookAtCard(world, token))?.state).toBe("works");
    expect(JSON.stringify(lines)).not.toContain("plum");
  });

  test("longer than anything anyone types is refused without being read", async () => {
    await worker(async () => {});
    await expect(sendFirstPassword(path, { token: "x", password: "x".repeat(100_000) })).rejects.toMatchObject({
      kind: expect.stringMatching(/bad-input|unreachable/),
    });
  });
});
