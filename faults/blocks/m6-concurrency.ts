import { describeOrderProgress } from "@/lib/orders/describe-watch.ts";
import { hurryPayment } from "@/lib/orders/hurry-payment.ts";
import type { StepName } from "@/lib/provisioning/step.ts";
import { lookNow } from "@/lib/staff/look-now.ts";
import { tryAgain } from "@/lib/staff/try-again.ts";
import type { FaultKind } from "@/sandbox/shared/faults.ts";
import type { Case, Stage } from "../case.ts";
import { Buyer } from "../world/buyer.ts";
import { Life } from "../world/life.ts";
import { oneOfTheStaff } from "../world/staff.ts";
import { races } from "./m6-races.ts";

/** The call by which each step is at work: others come in just before it and just after. */
const calls: Readonly<Record<StepName, string>> = {
  domain: "registrar.register",
  zone: "dns.findZone",
  records: "dns.createRecord",
  site: "siteHome.publish",
  homeserver: "homes.ensureRunning",
  certificate: "edge.certificate",
  owner: "accounts.ensureAccount",
  "seen-from-outside": "outside.look",
};

interface Met extends Stage {
  readonly buyer: Buyer;
  readonly tenantId: string;
}
type Act = (met: Met) => Promise<unknown>;

const reason = "The family asked what keeps it";
const askAgain: Act = async ({ world, tenantId }) => {
  const who = await oneOfTheStaff(world);
  await tryAgain(world.web(), who, { tenantId, reason });
  await tryAgain(world.web(), who, { tenantId, reason });
};
const look: Act = async ({ world, life, tenantId }) => {
  await lookNow(world.web(), await oneOfTheStaff(world), { tenantId, reason });
  await life.answer({ kind: "look", tenantId }, world.worker());
};

/** Who comes in while a worker is at work. */
const acts: Readonly<Record<string, Act>> = {
  "a second worker takes the same home": ({ world, life, tenantId }) =>
    life.answer({ kind: "tenant", tenantId }, world.worker()),
  "the sweep comes by": ({ world }) => new Life(world).tick(),
  "staff press Try again, twice": askAgain,
  "staff press Look now": look,
  "the buyer comes back and presses pay again": async ({ world, buyer }) => {
    const order = await world.database.db.order.findUniqueOrThrow({ where: { id: buyer.orderId } });
    await hurryPayment(world.web(), await describeOrderProgress({ db: world.database.db, clock: world.clock }, order));
    await buyer.pressPay().then(
      () => Promise.reject(new Error("An order that was paid could be paid again")),
      () => undefined,
    );
  },
};

export const concurrency = (): readonly Case[] => [
  ...Object.entries(acts).flatMap(([name, act]) =>
    Object.entries(calls).map(
      ([step, call]): Case => ({
        block: "M6",
        name: `${name} while ${step} is at work`,
        ends: ["ready"],
        run: (stage) => goBeside(stage, call, act),
      }),
    ),
  ),
  ...inDoubt("staff press Try again, twice", askAgain),
  ...inDoubt("staff press Look now", look),
  ...races(),
];

/** A home is bought, and somebody else acts before this call, then beside whatever follows it, as the seed has it. */
async function goBeside(stage: Stage, call: string, act: Act): Promise<void> {
  const { world, life } = stage;
  const buyer = await Buyer.fillIn(world, "smith.family");
  await buyer.pay();
  let beside: Promise<unknown> | undefined;
  world.fate = async ({ name, moment }) => {
    if (name !== call || beside) return;
    const { id: tenantId } = await world.database.db.tenant.findFirstOrThrow();
    const met = { ...stage, buyer, tenantId };
    if (moment === "before") await act(met);
    else beside = act(met);
    // What a failed act rejects with is met at the end.
    beside?.catch(() => undefined);
  };
  await life.untilQuiet();
  if (!beside) throw new Error(`Nothing passed ${call}`);
  await beside;
}

/** Answers to the purchase that leave a doubt. */
const doubts: readonly FaultKind[] = ["timeout-before", "timeout-after", "500-after"];

/** The answer to the purchase is lost; while two looks are waited for, somebody presses in every round. */
const inDoubt = (name: string, act: Act): Case[] =>
  doubts.map((kind) => ({
    block: "M6",
    name: `${name} while the purchase is in doubt (${kind})`,
    ends: ["ready"],
    async run(stage) {
      const { world, life } = stage;
      world.vendors.cloudflareFaults.plan({ call: "registrations.create", kind, times: 1, ms: 0, skip: 0 });
      const buyer = await Buyer.fillIn(world, "smith.family");
      await buyer.pay();
      // Eight rounds reach past the second look.
      for (let round = 0; round < 8; round++) {
        await life.tick();
        const tenant = await world.database.db.tenant.findFirst();
        if (tenant) await act({ ...stage, buyer, tenantId: tenant.id });
        world.clock.pass(10);
      }
      await life.untilQuiet();
    },
  }));
