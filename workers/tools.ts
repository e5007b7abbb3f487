import type { Cashier, Ledger } from "@/lib/billing/ports.ts";
import type { Stranger, Witness } from "@/lib/households/trials/ports.ts";
import type { Log } from "@/lib/log.ts";
import type { HomeAsks, Registrar } from "@/lib/provisioning/ports.ts";
import type { Step } from "@/lib/provisioning/step.ts";
import type { World } from "@/lib/world.ts";

/** What the workers are handed by workers/main.ts. */
export interface WorkerTools extends World {
  readonly log: Log;
  readonly steps: readonly Step[];
  readonly cashier: Cashier;
  readonly ledger: Ledger;
  readonly registrar: Registrar;
  readonly asks: HomeAsks;
  /** Who tries children's rules; undefined where no home for them was set up. */
  readonly stranger: Stranger | undefined;
  readonly witness: Witness;
  readonly doubtSeconds: number;
  /** For how many seconds looks at finished homes should wait, so that new ones are made first; none when it is left out. */
  routineWait?(): Promise<number>;
  /** Names this process in leases. */
  readonly holder: string;
  /** Sends what is waiting to be sent. */
  sendMails(): Promise<void>;
}
