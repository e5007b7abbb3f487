import type { Stage } from "../case.ts";
import type { Random } from "../world/baton.ts";
import { Buyer } from "../world/buyer.ts";
import { unlessABug } from "../world/unless-a-bug.ts";

/** What a family does when it comes; it may have something left to do when its home is made, or could not be. */
type Way = (stage: Stage, buyer: Buyer) => Promise<(() => Promise<void>) | undefined>;

/** What a family may do, with how many of a hundred do it. */
const ways: readonly { readonly share: number; readonly go: Way }[] = [
  { share: 56, go: (_, buyer) => buyer.pay().then(() => undefined) },
  // Looked at the price and never came back.
  { share: 8, go: (_, buyer) => buyer.pressPay().then(() => undefined) },
  { share: 8, go: (_, buyer) => buyer.pay().then(() => () => buyer.moveIn()) },
  { share: 10, go: (_, buyer) => payTwice(buyer) },
  { share: 6, go: (stage, buyer) => lose(stage, buyer) },
  { share: 6, go: (stage, buyer) => lose(stage, buyer, () => buyer.askForMoney()) },
  {
    share: 6,
    go: (stage, buyer) => lose(stage, buyer, () => buyer.chooseAnother(`${buyer.name.split(".")[0]}-too.family`)),
  },
];

/** A family comes and does what it does. What it is to do later is returned. */
export async function familyOf(stage: Stage, random: Random, nth: number): Promise<(() => Promise<void>) | undefined> {
  let draw = random() * 100;
  const way = ways.find(({ share }) => {
    draw -= share;
    return draw < 0;
  });
  // Whom our pages fail five times over goes away; that is sad, and nothing is lost by it.
  const buyer = await Buyer.fillIn(stage.world, `family${nth}.family`, `anna@family${nth}.example`).catch(unlessABug);
  if (!buyer) return undefined;
  return (await way?.go(stage, buyer).catch(unlessABug)) ?? undefined;
}

/** Two tabs, both paid. */
async function payTwice(buyer: Buyer): Promise<undefined> {
  const first = await buyer.pressPay();
  await buyer.pay();
  await buyer.payAt(first).catch(unlessABug);
}

/** A stranger has the name before we do; the family does something about it a while later, or nothing. */
async function lose({ world }: Stage, buyer: Buyer, then?: () => Promise<void>): Promise<typeof then> {
  await buyer.pay();
  await world.vendors.tell("cloudflare", "PUT", `/names/${buyer.name}`, { state: "taken" });
  return then;
}
