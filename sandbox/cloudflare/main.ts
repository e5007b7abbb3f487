import { join } from "node:path";
import { z } from "zod";
import { systemIds } from "@/lib/ids.ts";
import { movedClock } from "@/lib/moved-clock.ts";
import { openLedger } from "@/sandbox/shared/ledger.ts";
import { openRecorder } from "@/sandbox/shared/record.ts";
import { listen, runUntilStopped } from "@/sandbox/shared/serve.ts";
import { commonSettings, readSettings } from "@/sandbox/shared/settings.ts";
import { cloudflare } from "./app.ts";
import { serveDns } from "./dns/server.ts";
import type { Happening } from "./happenings.ts";
import { leadOwnHost } from "./own-host.ts";

const settings = readSettings("Cloudflare", {
  ...commonSettings,
  /** UDP and TCP. */
  DNS_PORT: z.coerce.number().int().min(0).max(65_535),
  CLOUDFLARE_ACCOUNT: z.string().min(1),
  CLOUDFLARE_TOKEN: z.string().min(1),
  CLOUDFLARE_SEARCH_TOKEN: z.string().min(1),
  /** The home of the stranger who tries children's rules, and where it is to be found (lib/env.ts). */
  STRANGER_NAME: z.string().min(1).optional(),
  EDGE_ADDRESSES: z.string().min(1).optional(),
});
const clock = movedClock(settings.CLOCK_FILE);

const { app, world } = cloudflare({
  keys: {
    account: settings.CLOUDFLARE_ACCOUNT,
    token: settings.CLOUDFLARE_TOKEN,
    searchToken: settings.CLOUDFLARE_SEARCH_TOKEN,
  },
  ledger: openLedger<Happening>(join(settings.DATA_FOLDER, "ledger.jsonl"), clock),
  recorder: openRecorder("cloudflare", settings.SANDBOX_RECORD, clock),
  clock,
  ids: systemIds,
});
if (settings.STRANGER_NAME && settings.EDGE_ADDRESSES)
  leadOwnHost(world, settings.STRANGER_NAME, settings.EDGE_ADDRESSES.split(","));
const dns = await serveDns(world, settings.DNS_PORT);
runUntilStopped("cloudflare", { http: await listen(app, settings.PORT), dns });
