import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(root, ".walls-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lints one snippet as if it stood at `path`, with the house's own rules. */
function lint(path: string, source: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
  writeFileSync(join(folder, "oxlint.config.ts"), `export { default } from "${join(root, "oxlint.config.ts")}";\n`);
  const run = spawnSync(join(root, "node_modules/.bin/oxlint"), ["-c", join(folder, "oxlint.config.ts"), file], {
    cwd: folder,
    encoding: "utf8",
  });
  return run.stdout + run.stderr;
}

const crossings: [string, string, string, string][] = [
  [
    "a page that reads the database",
    "app/page.tsx",
    'import { openDb } from "@/lib/db.ts";',
    "A route asks a domain verb.",
  ],
  [
    "a page that reads the database by a relative path",
    "app/start/page.tsx",
    'import { openDb } from "../../lib/db.ts";',
    "A route asks a domain verb.",
  ],
  [
    "a page that calls a vendor's folder",
    "app/page.tsx",
    'import { openStripe } from "@/lib/stripe/client.ts";',
    "A route asks a domain verb.",
  ],
  [
    "a page that runs a worker",
    "app/page.tsx",
    'import { reconcileTenant } from "@/workers/reconcile-tenant.ts";',
    "A route asks a domain verb.",
  ],
  [
    "a component that runs library code",
    "components/plate.tsx",
    'import { log } from "@/lib/log.ts";',
    "Only presenters' types may pass into components.",
  ],
  [
    "a worker that shows a page",
    "workers/main.ts",
    'import { Plate } from "@/components/plate.tsx";',
    "Workers have no screen.",
  ],
  [
    "a worker that imports React",
    "workers/main.ts",
    'import React from "react";',
    "Next and React stay in app and components.",
  ],
  [
    "a verb that calls a vendor",
    "lib/orders/pay.ts",
    'import { openStripe } from "@/lib/stripe/client.ts";',
    "A verb speaks to ports.",
  ],
  [
    "a verb that imports Next",
    "lib/names/parse.ts",
    'import { cookies } from "next/headers";',
    "Next and React stay in app and components.",
  ],
  [
    "a verb that knows its page",
    "lib/staff/find.ts",
    'import page from "@/app/page.tsx";',
    "The library does not know who uses it.",
  ],
  [
    "a verb that asks over the wire",
    "lib/households/card.ts",
    'import { request } from "node:http";',
    "A verb speaks to ports, not to the wire.",
  ],
  [
    "a step that asks over the wire",
    "lib/provisioning/steps/outside.ts",
    'import { connect } from "node:tls";',
    "A verb speaks to ports, not to the wire.",
  ],
  [
    "a step that calls a vendor",
    "lib/provisioning/steps/zone.ts",
    'import { cloudflareDns } from "@/lib/cloudflare/dns-host.ts";',
    "Steps speak to ports.",
  ],
  [
    "a step that reads the database",
    "lib/provisioning/steps/zone.ts",
    'import { openDb } from "../../db.ts";',
    "Steps speak to ports.",
  ],
  [
    "a journal that knows a domain",
    "lib/provisioning/journal.ts",
    'import { markOrderPaid } from "@/lib/orders/mark-order-paid.ts";',
    "The journal alone knows the database.",
  ],
  [
    "mail that knows an order",
    "lib/mail/send.ts",
    'import { markOrderPaid } from "@/lib/orders/mark-order-paid.ts";',
    "This folder knows its one library, no domain.",
  ],
  [
    "a vendor folder that knows another",
    "lib/stripe/client.ts",
    'import { openCloudflare } from "../cloudflare/client.ts";',
    "A vendor folder holds its own SDK and nothing of ours.",
  ],
  [
    "a vendor folder that runs a verb",
    "lib/stripe/client.ts",
    'import { markOrderPaid } from "@/lib/orders/mark-order-paid.ts";',
    "Only types of ports may pass into a vendor folder.",
  ],
  [
    "a vendor folder that reckons a bill",
    "lib/stripe/client.ts",
    'import { billFor } from "@/lib/billing/bill.ts";',
    "Only types of ports may pass into a vendor folder.",
  ],
  [
    "the web's root that builds the homeservers' hands",
    "lib/web.ts",
    'import { tenantHost } from "@/lib/synapse/tenant-host.ts";',
    "The web's composition root builds its world",
  ],
  [
    "a stand-in that knows the product",
    "sandbox/stripe/main.ts",
    'import { readEnv } from "@/lib/env.ts";',
    "A stand-in knows nothing of the product.",
  ],
  [
    "an end-to-end test that reads the database",
    "e2e/buy.spec.ts",
    'import { openDb } from "@/lib/db.ts";',
    "A person has no database.",
  ],
  [
    "a bench that reads the database",
    "bench/tenants/main.ts",
    'import { openDb } from "@/lib/db.ts";',
    "A bench measures, it does not look inside.",
  ],
  [
    "a fault that shows a screen",
    "faults/world/buyer.ts",
    'import { Sum } from "@/components/sum.tsx";',
    "A simulated world has no screen.",
  ],
  [
    "a customer of the chaos who calls a verb",
    "chaos/customer.ts",
    'import { startCheckout } from "@/lib/orders/start-checkout.ts";',
    "Chaos comes through the door, over HTTP.",
  ],
  [
    "a customer of the chaos who calls a verb by a relative path",
    "chaos/customer.ts",
    'import { startCheckout } from "../lib/orders/start-checkout.ts";',
    "Chaos comes through the door, over HTTP.",
  ],
  [
    "the Stripe SDK outside its folder",
    "lib/orders/pay.ts",
    'import Stripe from "stripe";',
    "Only lib/stripe may import this library.",
  ],
  [
    "a type of the Stripe SDK outside its folder",
    "app/page.tsx",
    'import type Stripe from "stripe";',
    "Only lib/stripe may import this library.",
  ],
  [
    "a part of the Cloudflare SDK outside its folder",
    "workers/main.ts",
    'import { Zones } from "cloudflare/resources/zones";',
    "Only lib/cloudflare may import this library.",
  ],
  [
    "the queue's library outside its folder",
    "workers/main.ts",
    'import { Queue } from "bullmq";',
    "Only lib/queue may import this library.",
  ],
];

test.each(crossings)("%s is stopped at the wall", (_, path, source, sentence) => {
  expect(lint(path, `${source}\n`)).toContain(sentence);
});

test.each([
  ["a page that asks a domain verb", "app/page.tsx", 'import { describeOrder } from "@/lib/orders/describe-order.ts";'],
  [
    "a component with a presenter's type",
    "components/plate.tsx",
    'import type { WatchView } from "@/lib/orders/describe-watch.ts";',
  ],
  [
    "a vendor folder with a port's type",
    "lib/stripe/desk.ts",
    'import type { CheckoutDesk } from "@/lib/billing/ports.ts";',
  ],
  ["a vendor folder with sums", "lib/stripe/desk.ts", 'import { moneyOf } from "@/lib/billing/money.ts";'],
  ["the Stripe SDK in its own folder", "lib/stripe/client.ts", 'import Stripe from "stripe";'],
])("%s may pass", (_, path, source) => {
  expect(lint(path, `${source}\n`)).toContain("Found 0 warnings and 0 errors");
});

test.each([
  ["new Date()", "Time and chance are handed in"],
  ["Date.now()", "Time and chance are handed in"],
  ["Math.random()", "Time and chance are handed in"],
  ['fetch("https://api.example")', "What leads to a vendor is handed in"],
])("%s taken from the air is an error", (ambient, sentence) => {
  const file = join(root, "lib/orders", `${folder.split("-").at(-1)}-ambient.ts`);
  writeFileSync(file, `export const one = () => ${ambient};\n`);
  try {
    const run = spawnSync(join(root, "node_modules/.bin/biome"), ["lint", file], { cwd: root, encoding: "utf8" });
    expect(run.stdout + run.stderr).toContain(sentence);
  } finally {
    rmSync(file);
  }
});
