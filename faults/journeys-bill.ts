import { changeBill } from "@/lib/households/change-bill.ts";
import { noteStatement } from "@/lib/households/note-statement.ts";
import { openCardPage } from "@/lib/households/open-card-page.ts";
import { keepHome, withdraw } from "@/lib/households/withdraw.ts";
import { giveCoupon } from "@/lib/staff/give-coupon.ts";
import { sendEvidence } from "@/lib/staff/send-evidence.ts";
import type { Stage } from "./case.ts";
import { finishedHome, smith, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { oneOfTheStaff } from "./world/staff.ts";
import { unlessABug } from "./world/unless-a-bug.ts";

const kindness = "KINDNESS";

/** As the operator does on the vendor's pages. */
async function makeCode({ world }: Stage): Promise<void> {
  const { stripe } = world.vendors.clients;
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, duration: "once" });
  await stripe.promotionCodes.create({ promotion: { type: "coupon", coupon }, code: kindness });
}

const answering: Journey = {
  name: "a disputed payment, and evidence that is sent",
  before: finishedHome,
  async run(stage) {
    const { clients, tell } = stage.world.vendors;
    const [charge] = (await clients.stripe.charges.list()).data;
    const dispute = (await tell("stripe", "POST", "/disputes", { charge: charge?.id })) as { readonly id?: string };
    await stage.life.untilQuiet();
    const staff = await oneOfTheStaff(stage.world);
    const evidence = { sold: "A homeserver", stopping: "One button", used: "It ran", more: "Nothing else" };
    const asked = { disputeId: String(dispute.id), evidence, reason: "The home was used" };
    // As whoever presses again when a page does not come.
    await sendEvidence(stage.world.web(), staff, asked).catch(unlessABug);
    await sendEvidence(stage.world.web(), staff, asked).catch(unlessABug);
    await stage.life.untilQuiet();
  },
};

const stopping: Journey = {
  name: "another card, and a wish to stop",
  before: finishedHome,
  async run({ world, life }) {
    const who = await theOwner(world);
    const web = world.web();
    await openCardPage(web, who, "https://nameplate.test/home").catch(unlessABug);
    const label = { restLabel: "The rest of the year" };
    // As whoever presses again when a page does not come.
    await changeBill(web, who, { wish: "stop", ...label }).catch(unlessABug);
    await changeBill(world.web(), who, { wish: "stop", ...label });
    await life.untilQuiet();
  },
};

const lastBill: Journey = {
  name: "the last bill",
  after: stopping,
  async run({ world, life }) {
    const { clients, tell } = world.vendors;
    const [subscription] = (await clients.stripe.subscriptions.list()).data;
    await tell("stripe", "POST", "/renew", { subscription: subscription?.id });
    world.clock.pass(31 * 86_400);
    await life.untilQuiet();
  },
};

const withdrawing: Journey = {
  name: "withdrawing, thinking better of it, and withdrawing after all",
  before: finishedHome,
  async run({ world, life }) {
    const who = await theOwner(world);
    const web = world.web();
    const label = "The rest of the year";
    // As whoever presses again when a page does not come.
    await withdraw(web, who, label).catch(unlessABug);
    await withdraw(world.web(), who, label);
    await keepHome(world.web(), who).catch(unlessABug);
    await keepHome(world.web(), who);
    // A receipt of another minute.
    world.clock.pass(3600);
    const { email } = await world.database.db.order.findFirstOrThrow();
    const said = { email: email ?? "", name: smith, restLabel: label };
    // Said twice in two rows: either of them is enough.
    for (const _ of ["once", "and again"]) await noteStatement(world.web(), said).catch(unlessABug);
    await life.untilQuiet();
  },
};

const withdrawn: Journey = {
  name: "what comes of it when its days of thinking are over",
  after: withdrawing,
  async run({ world, life }) {
    world.clock.pass(3 * 86_400 + 60);
    await life.untilQuiet();
  },
};

/** The vendor charges an hour after a bill was drawn. */
async function charge({ world, life }: Stage): Promise<void> {
  world.clock.pass(2 * 3600);
  await life.untilQuiet();
}

/** What becomes of a family's bill: what a bank and its own wishes do to it. */
export const billJourneys = {
  answering,
  givingCoupon: {
    name: "a coupon while a bank decides",
    after: answering,
    before: makeCode,
    async run({ world, life }) {
      const staff = await oneOfTheStaff(world);
      const { id: orderId } = await world.database.db.order.findFirstOrThrow();
      const given = { orderId, code: kindness, reason: "For the trouble" };
      await giveCoupon(world.web(), staff, given).catch(unlessABug);
      await life.untilQuiet();
    },
  },
  winning: {
    name: "a dispute that is won",
    after: answering,
    async run({ world, life }) {
      const { clients, tell } = world.vendors;
      const [dispute] = (await clients.stripe.disputes.list()).data;
      await tell("stripe", "POST", "/disputes/close", { dispute: dispute?.id, status: "won" });
      await life.untilQuiet();
    },
  },
  stopping,
  lastBill,
  lastBillPaid: { name: "the last bill's charge", after: lastBill, run: charge },
  withdrawing,
  withdrawn,
  withdrawnPaid: { name: "the charge for what was used", after: withdrawn, run: charge },
} as const satisfies Readonly<Record<string, Journey>>;
