import { mkdirSync } from "node:fs";
import { watch } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { settings } from "../scripts/service/layout.ts";
import type { Buyer, Dweller } from "./journey/buy-home.ts";
import { copy } from "./support/copy.ts";
import { expectBoughtOnce } from "./support/facts.ts";
import { buyerOf, pay, toPayment } from "./support/paying.ts";
import { killOutright, mayHandlePrograms, startAgain, whileHeld, whileHomeHeld } from "./support/processes.ts";
import { faultMet, forgetFaults, planFault } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.skip(!mayHandlePrograms, "kills the worker of a copy that scripts/test started");
// A worker that dies holds its lease for a quarter of a minute, and each of these tests waits for that.
test.setTimeout(180_000);
test.afterEach(forgetFaults);

/** The eight steps in their order on the page. */
const steps = ["domain", "zone", "records", "site", "homeserver", "certificate", "owner", "seen-from-outside"] as const;
type Step = (typeof steps)[number];

const see = (page: Page, step: Step, state: "done") =>
  expect(
    page.getByRole("list", { name: "What is being done" }).getByRole("listitem").nth(steps.indexOf(step)),
  ).toHaveAttribute("data-state", state, { timeout: 60_000 });

/** A vendor that takes its time: the worker is found in the middle of its call. */
const hold = async (call: string, ms: number, skip = 0): Promise<void> =>
  planFault("cloudflare", { call, kind: "slow", ms, skip });
const held = (call: string): Promise<void> =>
  expect.poll(() => faultMet("cloudflare", call), { intervals: [20], timeout: 60_000 }).toBe(true);

const folders = settings(copy.layout);
/** Longer than any home takes to be made: nothing came, so this test looks in a wrong place. */
const lookedLongEnoughMs = 60_000;

/** Resolves at the moment when something with this name comes to lie in a folder. */
async function appears(folder: string, name: string): Promise<void> {
  const signal = AbortSignal.timeout(lookedLongEnoughMs);
  for await (const { filename } of watch(folder, { signal })) if (filename?.includes(name)) return;
}

/** Whether a home has this account, asked of it as any app may ask. */
function hasAccount({ name, part }: Buyer): Promise<boolean> {
  const socketPath = join(folders["SOCKET_FOLDER"] ?? "", `${name}.sock`);
  const path = `/_matrix/client/v3/profile/${encodeURIComponent(`@${part}:${name}`)}`;
  return new Promise((resolve) => {
    const asked = request({ socketPath, path, headers: { host: name, "x-forwarded-for": "127.0.0.1" } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    // Nobody listens there yet.
    asked.on("error", () => resolve(false));
    asked.end();
  });
}

/** Lets the buyer pay, and calls back in the middle of one step of what follows. */
type Middle = (page: Page, buyer: Buyer, kill: () => Promise<void>) => Promise<void>;
const during =
  (call: string, ms: number, skip = 0): Middle =>
  async (page, buyer, kill) => {
    await hold(call, ms, skip);
    await pay(page, buyer);
    await held(call);
    await kill();
  };

const middles: Record<Step, Middle> = {
  domain: during("registrations.create", 4000),
  zone: during("zones.list", 4000),
  // The first line is written, the second is on its way.
  records: during("dns.records.create", 4000, 1),
  site: async (page, buyer, kill) => {
    const versions = join(folders["WWW_FOLDER"] ?? "", ".versions");
    // Before the first home there is no such folder yet.
    mkdirSync(versions, { recursive: true });
    const published = appears(versions, buyer.name);
    await pay(page, buyer);
    await published;
    await kill();
  },
  homeserver: async (page, buyer, kill) => {
    const asked = appears(join(folders["HOMES_FOLDER"] ?? "", "manifests"), buyer.name);
    await pay(page, buyer);
    await asked;
    await kill();
  },
  certificate: (page, buyer, kill) =>
    whileHeld(["edge"], async () => {
      await pay(page, buyer);
      for (const step of ["records", "site", "owner"] as const) await see(page, step, "done");
      await kill();
    }),
  // The owner's account is made, those of the others are not.
  owner: async (page, buyer, kill) => {
    await pay(page, buyer);
    while (!(await hasAccount(buyer))) await sleep(2);
    await kill();
  },
  "seen-from-outside": async (page, buyer, kill) => {
    await hold("zones.list", 8000);
    await pay(page, buyer);
    await see(page, "owner", "done");
    // Now the home answers nobody, so the last look hangs.
    await whileHomeHeld(buyer.name, async () => {
      await see(page, "certificate", "done");
      await kill();
    });
  },
};

const others: readonly Dweller[] = ["Ben", "Cleo", "Dan", "Eve", "Finn"].map((given) => ({
  given,
  part: given.toLowerCase(),
  kind: "Adult",
}));

for (const step of steps) {
  test(`a worker killed in the middle of ${step} is replaced, and everything is done once`, async ({ page }) => {
    const buyer = buyerOf(`killed-${step}`);
    await toPayment(page, buyer, step === "owner" ? others : []);
    await middles[step](page, buyer, async () => {
      await killOutright("worker");
      await expect(page.getByRole("heading", { level: 1, name: "Your home is being made" })).toBeVisible();
    });
    await startAgain("worker");
    await expect(page.getByRole("heading", { level: 1, name: `You’re home, ${buyer.given}.` })).toBeVisible({
      timeout: 120_000,
    });
    await expectBoughtOnce(buyer);
  });
}
