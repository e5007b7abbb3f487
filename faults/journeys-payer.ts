import { askForTerms } from "@/lib/households/ask-for-terms.ts";
import { confirmTerms } from "@/lib/households/confirm-terms.ts";
import { lookAtOffer } from "@/lib/households/look-at-offer.ts";
import { offerBill } from "@/lib/households/offer-bill.ts";
import { offerToken } from "@/lib/households/offer-secret.ts";
import { takeBill } from "@/lib/households/take-bill.ts";
import { takeOfferBack } from "@/lib/households/take-offer-back.ts";
import type { Stage } from "./case.ts";
import { finishedHome, renew, theOwner } from "./family-home.ts";
import type { Journey } from "./journeys.ts";
import { fillPaymentPage } from "./world/buyer.ts";
import { unlessABug } from "./world/unless-a-bug.ts";
import { canaries } from "./world/world.ts";

const cleo = { key: "k2", given: "Cleo", part: "cleo", kind: "adult", email: "cleo@post.example" } as const;
const mastercard = "5555555555554444";
/** So often people try a page that failed. */
const mostTries = 4;

/** Another adult, who has used her card. */
async function withCleo(stage: Stage): Promise<void> {
  const { world, life } = stage;
  await finishedHome(stage);
  const who = await theOwner(world);
  const id = await askForTerms(world.web(), who, { kind: "add", person: cleo }, async () => "Your home");
  await confirmTerms(world.web(), who, id ?? "");
  await life.untilQuiet();
  const used = { person: { part: cleo.part } };
  await world.database.db.card.updateMany({ where: used, data: { usedAt: world.clock.now() } });
}

/** What is asked just now, as the page shows it. */
const asked = ({ world }: Stage) =>
  world.database.db.billChange.findFirst({ where: { kind: "payer", state: "asked" }, orderBy: { createdAt: "desc" } });

/** As whoever presses again when a page does not come. */
async function ask({ world }: Stage): Promise<void> {
  const who = await theOwner(world);
  const { id: personId } = await world.database.db.person.findFirstOrThrow({ where: { part: cleo.part } });
  for (const _ of ["once", "and again"])
    await offerBill(world.web(), who, { personId, email: cleo.email }).catch(unlessABug);
}

/** She opens her link, agrees, and is led to the vendor's page: tried again after a moment where that does not come. */
async function agree(stage: Stage): Promise<string | undefined> {
  const { world } = stage;
  for (let tries = 0; tries < mostTries; tries++) {
    const change = await asked(stage);
    if (!change) return undefined;
    const token = offerToken(canaries.linkKey, change.id);
    const led = async () => {
      const seen = (await lookAtOffer(world.web(), token))?.seen ?? "";
      const yes = { token, agreed: true, text: "I pay", from: null, seen, words: "From the next bill on" };
      return takeBill(world.web(), { ...yes, backUrl: "https://nameplate.test/bill/link" });
    };
    const url = await led().catch(unlessABug);
    if (url) return url;
    world.clock.pass(20);
  }
  return undefined;
}

const takingBack: Journey = {
  name: "asking another adult to pay, and taking that back",
  before: withCleo,
  async run(stage) {
    const { world, life } = stage;
    await ask(stage);
    await life.untilQuiet();
    await agree(stage);
    const first = await asked(stage);
    const who = await theOwner(world);
    if (first) for (const _ of ["once", "and again"]) await takeOfferBack(world.web(), who, first.id).catch(unlessABug);
    await life.untilQuiet();
  },
};

const takingOver: Journey = {
  name: "asking her again, who takes over",
  after: takingBack,
  async run(stage) {
    const { world, life } = stage;
    // A link of another minute.
    world.clock.pass(60);
    await ask(stage);
    await life.untilQuiet();
    const url = await agree(stage);
    if (url) await fillPaymentPage(world, url, mastercard);
    await life.untilQuiet();
  },
};

/** Somebody else of the family pays. */
export const payerJourneys = {
  takingBack,
  takingOver,
  herBill: { name: "the bill after she has taken over", after: takingOver, run: renew },
} as const satisfies Readonly<Record<string, Journey>>;
