import { monthsAfter } from "@/lib/billing/next-bill.ts";
import { daysAfter } from "@/lib/clock.ts";
import { answerNameYear } from "@/lib/households/answer-name-year.ts";
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

/** Two months and a few days are left of the name's first year then. */
const nearDays = 300;

/** What becomes of a family's bill: what a bank, its own wishes and the registry do to it. */
export const billJourneys = {
  answering: {
    name: "a disputed payment, evidence that is sent, and a coupon",
    async before(stage) {
      await finishedHome(stage);
      await makeCode(stage);
    },
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
      const { id: orderId } = await stage.world.database.db.order.findFirstOrThrow();
      await giveCoupon(stage.world.web(), staff, { orderId, code: kindness, reason: "For the trouble" }).catch(
        unlessABug,
      );
      await stage.life.untilQuiet();
      await tell("stripe", "POST", "/disputes/close", { dispute: dispute.id, status: "won" });
      await stage.life.untilQuiet();
    },
  },
  stopping: {
    name: "another card, a wish to stop, and the last bill",
    before: finishedHome,
    async run({ world, life }) {
      const { clients, tell } = world.vendors;
      const who = await theOwner(world);
      const web = world.web();
      await openCardPage(web, who, "https://nameplate.test/home").catch(unlessABug);
      const [subscription] = (await clients.stripe.subscriptions.list()).data;
      const label = { restLabel: "The rest of the year" };
      // As whoever presses again when a page does not come.
      await changeBill(web, who, { wish: "stop", ...label }).catch(unlessABug);
      await changeBill(world.web(), who, { wish: "stop", ...label });
      await life.untilQuiet();
      await tell("stripe", "POST", "/renew", { subscription: subscription?.id });
      world.clock.pass(31 * 86_400);
      await life.untilQuiet();
      // The vendor charges an hour after a bill was drawn.
      world.clock.pass(2 * 3600);
      await life.untilQuiet();
    },
  },
  laterYear: {
    name: "a name whose second year costs much more, which the family is told and says yes to",
    async before(stage) {
      await finishedHome(stage);
      const { clock, vendors } = stage.world;
      const price = { registration: "30.00", renewal: "30.00" };
      await vendors.tell("cloudflare", "PUT", "/extensions/family", { price });
      clock.pass(nearDays * 86_400);
      await stage.life.untilQuiet();
    },
    async run(stage) {
      const { world, life } = stage;
      const { db } = world.database;
      const who = await theOwner(world);
      const { startedAt } = await db.subscription.findFirstOrThrow();
      const begins = monthsAfter(startedAt, 12);
      const passTo = (at: Date): void => world.clock.pass((at.getTime() - world.clock.now().getTime()) / 1000);
      // Read, told, and written into the bill.
      for (const daysBefore of [59, 45, 2]) {
        passTo(daysAfter(begins, -daysBefore));
        // A copy of the bill, what follows from it, and what that rings for. The rest of the home's life is in other journeys.
        for (let rounds = 0; rounds < 3; rounds++) {
          await life.tick();
          world.clock.pass(60);
        }
        if (daysBefore !== 45) continue;
        // As whoever presses again when a page does not come. Who was not told yet is not asked.
        for (const _ of ["once", "and again"])
          await answerNameYear(world.web(), who, { year: 2, answer: "yes" }).catch(unlessABug);
      }
    },
  },
  withdrawing: {
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
      world.clock.pass(3 * 86_400 + 60);
      await life.untilQuiet();
      // The vendor charges an hour after a bill was drawn.
      world.clock.pass(2 * 3600);
      await life.untilQuiet();
    },
  },
} as const satisfies Readonly<Record<string, Journey>>;
