import { secondsAfter } from "@/lib/clock.ts";
import type { Stage } from "../case.ts";
import type { Random } from "../world/baton.ts";
import { Buyer } from "../world/buyer.ts";
import { unlessABug } from "../world/unless-a-bug.ts";

/** What a family may do, with how many of a hundred do it. */
const ways: readonly { readonly share: number; readonly go: (stage: Stage, buyer: Buyer) => Promise<void> }[] = [
  { share: 64, go: (_, buyer) => buyer.pay() },
  // Looked at the price and never came back.
  { share: 8, go: async (_, buyer) => void (await buyer.pressPay().catch(unlessABug)) },
  { share: 10, go: (_, buyer) => payTwice(buyer) },
  { share: 6, go: (stage, buyer) => lose(stage, buyer, async () => undefined) },
  { share: 6, go: (stage, buyer) => lose(stage, buyer, () => buyer.askForMoney()) },
  {
    share: 6,
    go: (stage, buyer) => lose(stage, buyer, () => buyer.chooseAnother(`${buyer.name.split(".")[0]}-too.family`)),
  },
];

/** Long enough for a home to be made, too short for all others to be looked at again. */
const whileSeconds = 600;

/** One family comes, does what it does, and lets a while pass. */
export async function familyOf(stage: Stage, random: Random, nth: number): Promise<void> {
  let draw = random() * 100;
  const way = ways.find(({ share }) => {
    draw -= share;
    return draw < 0;
  });
  // Whom our pages fail five times over goes away; that is sad, and nothing is lost by it.
  const buyer = await Buyer.fillIn(stage.world, `family${nth}.family`).catch(unlessABug);
  if (!buyer) return;
  await way?.go(stage, buyer).catch(unlessABug);
  await stage.life.live(secondsAfter(stage.world.clock.now(), whileSeconds));
}

/** Two tabs, both paid. */
async function payTwice(buyer: Buyer): Promise<void> {
  const first = await buyer.pressPay();
  await buyer.pay();
  await buyer.payAt(first).catch(unlessABug);
}

/** A stranger has the name before we do; the family does something about it a while later, or nothing. */
async function lose({ world, life }: Stage, buyer: Buyer, then: () => Promise<void>): Promise<void> {
  await buyer.pay();
  await world.vendors.tell("cloudflare", "PUT", `/names/${buyer.name}`, { state: "taken" });
  await life.live(secondsAfter(world.clock.now(), whileSeconds));
  await then();
}
