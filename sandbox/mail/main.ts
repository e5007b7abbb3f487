import { join } from "node:path";
import { z } from "zod";
import { systemIds } from "@/lib/ids.ts";
import { movedClock } from "@/lib/moved-clock.ts";
import { Faults } from "@/sandbox/shared/faults.ts";
import { openLedger } from "@/sandbox/shared/ledger.ts";
import { listen, runUntilStopped } from "@/sandbox/shared/serve.ts";
import { commonSettings, readSettings } from "@/sandbox/shared/settings.ts";
import { mailApp } from "./app.ts";
import { type Happening, Mailbox } from "./mailbox.ts";
import { serveSmtp } from "./smtp.ts";

const settings = readSettings("mail", {
  ...commonSettings,
  SMTP_PORT: z.coerce.number().int().min(0).max(65_535),
});
const clock = movedClock(settings.CLOCK_FILE);

const ledger = openLedger<Happening>(join(settings.DATA_FOLDER, "ledger.jsonl"), clock);
const mailbox = new Mailbox(ledger, systemIds);
const faults = new Faults();
const smtp = await serveSmtp(mailbox, faults, clock, settings.SMTP_PORT);
runUntilStopped("mail", { http: await listen(mailApp(mailbox, ledger, faults), settings.PORT), smtp });
