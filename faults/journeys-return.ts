import { changeBill } from "@/lib/households/change-bill.ts";
import { describeReturn } from "@/lib/households/describe-return.ts";
import { startReturn } from "@/lib/households/start-return.ts";
import type { Stage } from "./case.ts";
import { finishedHome, renew, smith, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { fillPaymentPage } from "./world/buyer.ts";
import { unlessABug } from "./world/unless-a-bug.ts";

const hour = 3600;

/** A home that was closed, with its last bill charged. */
async function closedHome(stage: Stage): Promise<void> {
  await finishedHome(stage);
  const { world, life } = stage;
  await changeBill(world.web(), await theOwner(world), { wish: "stop-now", restLabel: "The rest of the year" });
  await life.untilQuiet();
  // The vendor charges an hour after a bill was drawn.
  world.clock.pass(2 * hour);
  await life.untilQuiet();
}

/** Presses the button beside the sums that are shown: the address of the payment page; undefined where it is not to be paid (any more). */
async function press({ world }: Stage): Promise<string | undefined> {
  const [web, who] = [world.web(), await theOwner(world)];
  const { whyNot, offer } = await describeReturn(web, who);
  if (whyNot || !offer) return undefined;
  const { url } = await startReturn(web, who, {
    ...{ seen: offer.seen, consent: true, consentText: "Begin now" },
    label: async (what) => (what === "home" ? "Your home on Matrix" : `The name ${smith}`),
    urls: { success: "https://nameplate.test/home", cancel: "https://nameplate.test/home" },
  });
  return url;
}

/** As people who begin again whenever something goes wrong, five times at most, and until they see that it was paid. */
async function payAgain(stage: Stage, tries = 5): Promise<void> {
  const url = await press(stage).catch(unlessABug);
  const paid = url && (await fillPaymentPage(stage.world, url).then(() => true, unlessABug));
  if (paid || tries === 1) return;
  stage.world.clock.pass(20);
  await payAgain(stage, tries - 1);
}

const comingBack: Journey = {
  name: "opening a home again whose bill has ended, in two tabs",
  before: closedHome,
  async run(stage) {
    const { world, life } = stage;
    // The page of the first tab is left open.
    await press(stage).catch(unlessABug);
    world.clock.pass(20);
    await payAgain(stage);
    await life.untilQuiet();
  },
};

/** What a family does whose bill has ended. */
export const returnJourneys = {
  comingBack,
  backAgain: { name: "the bill after coming back", after: comingBack, run: renew },
} as const satisfies Readonly<Record<string, Journey>>;
