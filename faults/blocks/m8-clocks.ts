import { monthsAfter } from "@/lib/billing/next-bill.ts";
import { daysAfter } from "@/lib/clock.ts";
import { allowPurchase } from "@/lib/staff/allow-purchase.ts";
import { lookAgain } from "@/lib/tenants/look-again.ts";
import { at, type Case, type Ending, type Stage } from "../case.ts";
import { journeys } from "../journeys.ts";
import { Buyer } from "../world/buyer.ts";
import { Life } from "../world/life.ts";
import { oneOfTheStaff } from "../world/staff.ts";
import { unlessABug } from "../world/unless-a-bug.ts";

const [smith, other] = ["smith.family", "smith-home.family"];
const [minute, hour, day] = [60, 3600, 86_400];
/** The payment vendor's test card whose refunds are on their way for a while. */
const slowlyBack = "4000000000007726";

/** What time itself does. A transfer's lock and its days have tests of their own (lib/households/leave.db.test.ts). */
export const clocks = (): readonly Case[] => [
  toCase(
    "a refund's answer is lost, and the vendor is asked again when it has forgotten the key",
    "refunded",
    oldRefund,
  ),
  toCase("the bank takes its time to give the money back", "refunded", (stage) => lost(stage, 0, slowlyBack)),
  toCase("a payment page's answer is lost, and the buyer comes back when the key is forgotten", "ready", oldVisit),
  toCase("a payment page runs out after its hour, and the buyer comes back", "ready", async (stage) => {
    const buyer = await Buyer.fillIn(stage.world, smith);
    await buyer.pressPay();
    await live(stage, hour + minute, 10 * minute);
    await buyer.pay();
  }),
  toCase("a payment page is paid in the last second of its hour", "ready", async ({ world }) => {
    const buyer = await Buyer.fillIn(world, smith);
    const page = await buyer.pressPay();
    world.clock.pass(hour - 1);
    await buyer.payAt(page);
  }),
  toCase("a payment is first heard of when it is three days old", "ready", async ({ world }) => {
    await (await Buyer.fillIn(world, smith)).pay();
    world.clock.pass(3 * day);
  }),
  toCase("the owner answers the registry's mail on the fourteenth day", "ready", async (stage) => {
    const buyer = await unanswered(stage, 14);
    await advance(stage, { state: "succeeded" });
    await lookAgain(stage.world.web(), { key: buyer.key });
  }),
  toCase("the owner never answers the registry's mail, and corrects its address when it gives up", "ready", (stage) =>
    refusedThenCorrected(stage, (refused) => unanswered(refused, 15)),
  ),
  toCase("a buyer whose name was lost says nothing for 72 hours", "refunded", (stage) => lost(stage, 0)),
  toCase("a buyer whose name was lost takes another in the last minute", "ready", async (stage) => {
    await (await lost(stage, -1)).chooseAnother(other);
  }),
  toCase("a buyer whose name was lost takes another a minute too late", "refunded", async (stage) => {
    const late = (await lost(stage, 1)).chooseAnother(other);
    await late.then(
      () => Promise.reject(new Error("A name was taken for money that was on its way back")),
      () => undefined,
    );
  }),
  toCase(
    "a worker sleeps for an hour just before it buys, and another one takes over",
    "ready",
    async ({ world, life }) => {
      world.fate = at({ kind: "call", name: "registrar.register", moment: "before", nth: 1 }, async () => {
        world.clock.pass(hour);
        await new Life(world).untilQuiet();
        // The vendor has long sold it to the other one, and refuses it to whoever wakes up.
        world.clock.pass(hour);
      });
      await (await Buyer.fillIn(world, smith)).pay();
      await life.untilQuiet();
    },
  ),
  toCase("the price rises between the payment and the purchase, and a person says yes", "ready", dearer),
  toCase("the registry holds a name for three days, and then gives it", "ready", async (stage) => {
    await held(stage);
    await advance(stage, { state: "succeeded" });
  }),
  toCase("the registry holds a name for three days, and then refuses the deed", "ready", (stage) =>
    refusedThenCorrected(stage, held),
  ),
  toCase("the mail server is away for two days", "ready", async (stage) => {
    const { world } = stage;
    await (await Buyer.fillIn(world, smith)).pay();
    world.fate = async ({ name, moment }) => {
      if (name === "post.send" && moment === "before") throw new Error("planned: connection refused");
    };
    await live(stage, 2 * day, 6 * hour);
  }),
  toCase("a home, its certificate and its name are kept for two months", "ready", async (stage) => {
    await (await Buyer.fillIn(stage.world, smith)).pay();
    await live(stage, 60 * day, 6 * day);
  }),
  toCase("a name left with its family, and a year later it is free to whoever may buy it", "ready", freeAgain),
  toCase("a year's price is read, and nobody is at work until ten days before it begins", "ready", unheardYear),
];

const toCase = (name: string, ends: Ending, run: (stage: Stage) => Promise<unknown>): Case => ({
  block: "M8",
  name,
  ends: [ends],
  async run(stage) {
    await run(stage);
    await stage.life.untilQuiet();
  },
});

/** It is somebody's to buy, and never ours again. */
async function freeAgain(stage: Stage): Promise<void> {
  await journeys.takingTheName.before(stage);
  await journeys.takingTheName.run(stage);
  await live(stage, 365 * day, 30 * day);
  await stage.world.vendors.tell("cloudflare", "PUT", `/names/${smith}`, { state: "available" });
  await live(stage, day, 6 * hour);
}

/** The registry asks much more, and the family cannot be told in time: it pays what was agreed. */
async function unheardYear(stage: Stage): Promise<void> {
  await journeys.laterYear.before(stage);
  const { world, life } = stage;
  const { startedAt } = await world.database.db.subscription.findFirstOrThrow();
  for (const daysBefore of [59, 10, 2, -1]) {
    const at = daysAfter(monthsAfter(startedAt, 12), -daysBefore);
    world.clock.pass((at.getTime() - world.clock.now().getTime()) / 1000);
    await life.untilQuiet();
  }
}

/** Time goes by, and what is due meanwhile is done. */
async function live({ world, life }: Stage, seconds: number, step: number): Promise<void> {
  for (let left = seconds; left > 0; left -= step) {
    await life.tick();
    world.clock.pass(Math.min(left, step));
  }
  await life.tick();
}

/** The vendor forgets a key after a day. The SDK asks three times by itself. */
const keptHours = 25;
const sdkTries = 3;

async function oldRefund(stage: Stage): Promise<void> {
  const faults = stage.world.vendors.stripeFaults;
  const buyer = await lost(stage, -60);
  faults.plan({ call: "refunds.create", kind: "timeout-after", times: sdkTries, ms: 0, skip: 0 });
  // The look before asking is answered; none of the next day is.
  faults.plan({ call: "refunds.list", kind: "timeout-before", times: 10_000, ms: 0, skip: 1 });
  await buyer.askForMoney();
  await live(stage, keptHours * hour, hour);
  faults.clear();
}

async function oldVisit(stage: Stage): Promise<void> {
  const { world } = stage;
  const buyer = await Buyer.fillIn(world, smith);
  world.vendors.stripeFaults.plan({
    call: "checkout.sessions.create",
    kind: "timeout-after",
    times: sdkTries,
    ms: 0,
    skip: 0,
  });
  await buyer.pressPay().catch(unlessABug);
  await live(stage, keptHours * hour, hour);
  await buyer.pay();
}

/** The registry writes to the owner, and nothing comes for so many days. */
async function unanswered(stage: Stage, days: number): Promise<Buyer> {
  await nextRegistration(stage, "action_required");
  const buyer = await Buyer.fillIn(stage.world, smith);
  await buyer.pay();
  await live(stage, days * day, day);
  return buyer;
}

async function held(stage: Stage): Promise<Buyer> {
  await nextRegistration(stage, "blocked");
  const buyer = await Buyer.fillIn(stage.world, smith);
  await buyer.pay();
  await live(stage, 3 * day, 6 * hour);
  return buyer;
}

/** Only the owner can move this on: what the registry refused is what they wrote. */
async function refusedThenCorrected(stage: Stage, wait: (stage: Stage) => Promise<Buyer>): Promise<void> {
  const buyer = await wait(stage);
  await advance(stage, { state: "failed", words: "The owner did not confirm the address" });
  await live(stage, 2 * day, day);
  await buyer.correctDeed("anna@other.example");
}

const nextRegistration = ({ world }: Stage, outcome: string): Promise<unknown> =>
  world.vendors.tell("cloudflare", "PUT", "/registrations/next", { outcome });
const advance = ({ world }: Stage, to: object): Promise<unknown> =>
  world.vendors.tell("cloudflare", "POST", `/registrations/${smith}/advance`, to);

/** The name was lost, and it is so many minutes before or after the 72 hours that we wait for a word. */
async function lost(stage: Stage, minutes: number, card?: string): Promise<Buyer> {
  const { world, life } = stage;
  const buyer = await Buyer.fillIn(world, smith);
  await buyer.pay(card);
  await world.vendors.tell("cloudflare", "PUT", `/names/${smith}`, { state: "taken" });
  await life.untilQuiet();
  const { lostAt } = await world.database.db.order.findUniqueOrThrow({ where: { id: buyer.orderId } });
  if (!lostAt) throw new Error("The name was not lost");
  const until = lostAt.getTime() / 1000 + 72 * hour + minutes * minute;
  await live(stage, until - world.clock.now().getTime() / 1000, 6 * hour);
  return buyer;
}

async function dearer({ world, life }: Stage): Promise<void> {
  await (await Buyer.fillIn(world, smith)).pay();
  await world.vendors.tell("cloudflare", "PUT", `/names/${smith}`, { state: "available", price: "25.00" });
  await life.untilQuiet();
  const { id: tenantId } = await world.database.db.tenant.findFirstOrThrow();
  await allowPurchase(world.web(), await oneOfTheStaff(world), { tenantId, reason: "We pay the difference" });
}
