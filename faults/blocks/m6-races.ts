import { at, type Case, type Stage } from "../case.ts";
import { Buyer } from "../world/buyer.ts";
import { unlessABug } from "../world/unless-a-bug.ts";
import { twoPages } from "./m3-orders.ts";

const [smith, other, third] = ["smith.family", "smith-home.family", "smiths-at-home.family"];
/** Each order of events is another seed's. */
const seeds = [1, 2, 3];
/** As many as some seconds allow. */
const crowd = 20;

const take = ({ world }: Stage): Promise<unknown> =>
  world.vendors.tell("cloudflare", "PUT", `/names/${smith}`, { state: "taken" });

export const races = (): readonly Case[] => [
  ...takeDown("asks for the money", (buyer) => buyer.askForMoney(), "refunded"),
  ...takeDown("chooses another name", (buyer) => buyer.chooseAnother(other), "ready"),
  ...onceLost("two tabs choose two names", [(one) => one.chooseAnother(other), (one) => one.chooseAnother(third)]),
  ...onceLost("one tab chooses a name, one asks for the money", [
    (one) => one.chooseAnother(other),
    (one) => one.askForMoney(),
  ]),
  ...onceLost("two tabs ask for the money", [(one) => one.askForMoney(), (one) => one.askForMoney()]),
  toCase("an order is paid on two pages", ["ready"], (stage) => twoPages.run(stage)),
  toCase("pay is pressed in a second tab while the first one's page is being opened", ["ready"], pressWhileOpening),
  ...seeds.map((seed) => toCase(`pay is pressed in two tabs at the same moment, order ${seed}`, ["ready"], pressTwice)),
  ...(["before desk.close", "after desk.close", "after desk.look"] as const).map((where) =>
    toCase(`the first tab's page is paid ${where} of the second tab's press`, ["ready"], (stage) =>
      payWhile(stage, where),
    ),
  ),
  ...seeds.map((seed) => toCase(`two buyers pay for one name, order ${seed}`, ["ready", "refunded"], crowdOf(2))),
  toCase("three buyers pay for one name", ["ready", "refunded"], crowdOf(3)),
  toCase(`${crowd} buyers pay for one name`, ["ready", "refunded"], crowdOf(crowd)),
  toCase("two buyers pay for one name, and the second takes another", ["ready"], async (stage) => {
    const buyers = await crowdOf(2)(stage);
    for (const buyer of buyers) await buyer.chooseAnother(other).catch(unlessABug);
    await stage.life.untilQuiet();
  }),
];

const toCase = (name: string, ends: Case["ends"], run: (stage: Stage) => Promise<unknown>): Case => ({
  block: "M6",
  name,
  ...(ends ? { ends } : {}),
  run: async (stage) => void (await run(stage)),
});

/** The buyer acts the moment the name is lost, while a worker takes down what was begun. */
const takeDown = (what: string, act: (buyer: Buyer) => Promise<void>, ends: "ready" | "refunded"): Case[] =>
  (["before homes.remove", "after homes.remove", "after siteHome.read", "before dns.findZone"] as const).map((where) =>
    toCase(`the buyer ${what} ${where} of taking down`, [ends], async (stage) => {
      const { world, life } = stage;
      const buyer = await Buyer.fillIn(world, smith);
      await buyer.pay();
      await take(stage);
      let acted: Promise<void> | undefined;
      world.fate = at(placeOf(where), async () => {
        acted = act(buyer);
        if (where.startsWith("before")) await acted;
      });
      await life.untilQuiet();
      if (!acted) throw new Error(`Nothing passed ${where}`);
      await acted;
      await life.untilQuiet();
    }),
  );

function placeOf(where: string) {
  const [moment, name] = where.split(" ") as ["before" | "after", string];
  return { kind: "call", moment, name, nth: 1 } as const;
}

/** The name was lost; two things are asked for at the same moment, and one of them comes too late. */
const onceLost = (name: string, acts: readonly ((buyer: Buyer) => Promise<void>)[]): Case[] =>
  seeds.map((seed) =>
    toCase(`a name was lost: ${name}, order ${seed}`, ["ready", "refunded"], async (stage) => {
      const buyer = await Buyer.fillIn(stage.world, smith);
      await buyer.pay();
      await take(stage);
      await stage.life.untilQuiet();
      const done = await Promise.allSettled(acts.map((act) => act(buyer)));
      if (done.every(({ status }) => status === "rejected")) throw new Error("Neither was heard");
      await stage.life.untilQuiet();
    }),
  );

async function pressTwice({ world, life }: Stage): Promise<void> {
  const buyer = await Buyer.fillIn(world, smith);
  const pages = await Promise.allSettled([buyer.pressPay(), buyer.pressPay()]);
  for (const page of pages) if (page.status === "fulfilled") await buyer.payAt(page.value).catch(unlessABug);
  await life.untilQuiet();
  if (!(await buyer.isPaid())) await buyer.pay();
  await life.untilQuiet();
}

/** The page that is being opened ends before anybody sees it; the other one is there to be paid. */
async function pressWhileOpening({ world, life }: Stage): Promise<void> {
  const buyer = await Buyer.fillIn(world, smith);
  let second = "";
  world.fate = at(placeOf("before desk.open"), async () => {
    second = await buyer.pressPay();
  });
  const first = await buyer.pressPay().catch(unlessABug);
  if (first !== undefined) throw new Error("Two pages can be paid");
  await buyer.payAt(second);
  await life.untilQuiet();
}

/** The second press ends the first visit, which is paid at that very moment. */
async function payWhile({ world, life }: Stage, where: string): Promise<void> {
  const buyer = await Buyer.fillIn(world, smith);
  const first = await buyer.pressPay();
  world.fate = at(placeOf(where), () => buyer.payAt(first).catch(unlessABug));
  await buyer.pressPay().then(
    (second) => buyer.payAt(second),
    () => undefined,
  );
  await life.untilQuiet();
  if (!(await buyer.isPaid())) throw new Error("What was paid in the first tab was not seen");
}

const crowdOf =
  (count: number) =>
  async ({ world, life }: Stage): Promise<Buyer[]> => {
    world.limits.namesPerCard = count;
    const emails = Array.from({ length: count }, (_, nth) => `anna${nth}@post.example`);
    const buyers = await Promise.all(emails.map((email) => Buyer.fillIn(world, smith, email)));
    await Promise.all(buyers.map((buyer) => buyer.pay()));
    await life.untilQuiet();
    return buyers;
  };
