import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { openDb } from "./db.ts";

const url = new URL(process.env["DATABASE_URL"] ?? "postgres://run-scripts-test");
let way: Server | undefined;
const lines = new Set<Socket>();
afterEach(() => close());

/** The way to the database, which can be closed, as it is while PostgreSQL is started again. */
async function open(port = 0): Promise<number> {
  const server = createServer((near) => {
    const far = connect(Number(url.port), url.hostname);
    for (const line of [near, far]) {
      lines.add(line);
      line.on("error", () => undefined).on("close", () => [near, far].map((one) => one.destroy()));
    }
    near.pipe(far).pipe(near);
  });
  way = server;
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}
async function close(): Promise<void> {
  for (const line of lines) line.destroy();
  lines.clear();
  const server = way;
  way = undefined;
  if (server) await new Promise((resolve) => server.close(resolve));
}
const through = (port: number, password = url.password): string => {
  const other = new URL(url);
  other.host = `127.0.0.1:${port}`;
  other.password = password;
  return other.href;
};

test("what is asked while the database is started again is answered once it is back, and so is a transaction", async () => {
  const port = await open();
  const db = openDb(through(port), 2);
  await db.$queryRaw`SELECT 1`;
  await close();
  // Until it is noticed that the kept connection is cut.
  await sleep(100);
  const asked = Promise.all([
    db.$queryRaw`SELECT 1 AS one`,
    db.$queryRaw`SELECT 1 AS one`,
    db.$transaction((tx) => tx.$queryRaw`SELECT 1 AS one`),
  ]);
  // Longer than a transaction waits by itself.
  await sleep(2500);
  await open(port);
  expect(await asked).toEqual([[{ one: 1 }], [{ one: 1 }], [{ one: 1 }]]);
  await db.$disconnect();
});

test("a password that is wrong is told at once", async () => {
  const db = openDb(through(await open(), "wrong"), 1);
  const begun = performance.now();
  await expect(db.$queryRaw`SELECT 1`).rejects.toThrow();
  expect(performance.now() - begun).toBeLessThan(1000);
  await db.$disconnect();
});

test("a database that does not come back is said to be away", async () => {
  const port = await open();
  await close();
  const db = openDb(through(port), 1);
  await expect(db.$queryRaw`SELECT 1`).rejects.toThrow(/reach|refused/i);
  await db.$disconnect();
}, 15_000);
