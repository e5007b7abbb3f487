import type { FaultKind } from "@/sandbox/shared/faults.ts";
import { at, type Case, type Place, type Stage } from "../case.ts";
import { going, type JourneyName, type Passed, passedBefore } from "../reference.ts";
import type { HomeFault } from "../world/faulty.ts";
import { Life } from "../world/life.ts";
import type { SimWorld } from "../world/world.ts";

/** Calls that change something at the vendor; what is not here only reads. */
const writes = new Set([
  "checkout.sessions.create",
  "checkout.sessions.expire",
  "refunds.create",
  "creditNotes.create",
  "subscriptions.cancel",
  "subscriptions.update",
  "products.create",
  "invoices.create",
  "invoices.addLines",
  "invoices.finalizeInvoice",
  "billingPortal.sessions.create",
  "customers.update",
  "paymentMethods.detach",
  "registrations.create",
  "registrations.edit",
  "zones.create",
  "zones.delete",
  "dns.records.create",
  "dns.records.delete",
  "homes.ensureRunning",
  "homes.remove",
  "accounts.ensureAccount",
  "accounts.setSecret",
  "accounts.lockAccount",
  "accounts.closeAccount",
  "asks.answer",
  "stranger.arrive",
  "stranger.attempt",
  "stranger.leave",
  "witness.forget",
  "siteHome.publish",
  "siteHome.withdraw",
  "post.send",
]);

/** A call that changes something is disturbed at its first two times (a line of the address book), one that only looks at its first. */
const timesOf = (name: string): number => (writes.has(name) ? 2 : 1);

interface Kind {
  readonly name: string;
  readonly fault: { readonly kind: FaultKind; readonly status?: number };
  readonly home: HomeFault;
  /** Only a call that changes something can be done and yet look as if it was not. */
  readonly ofWrites?: true;
  /** Only on a wire: without one it is the same as another kind (world/faulty.ts). */
  readonly ofWires?: true;
}

/** How an answer goes wrong, with what the stand-in is told. */
const kinds: readonly Kind[] = [
  { name: "refused", fault: { kind: "refuse" }, home: "refuse" },
  { name: "refused for good (409)", fault: { kind: "refuse", status: 409 }, home: "409" },
  { name: "told to slow down", fault: { kind: "429" }, home: "429" },
  { name: "failed before it did anything", fault: { kind: "500-before" }, home: "500-before" },
  {
    name: "never answered, and did nothing",
    fault: { kind: "timeout-before" },
    home: "timeout-before",
    ofWires: true,
  },
  { name: "answered with half an answer", fault: { kind: "malformed" }, home: "malformed", ofWires: true },
  { name: "done, then answered with a failure", fault: { kind: "500-after" }, home: "500-after", ofWrites: true },
  {
    name: "done, and never answered",
    fault: { kind: "timeout-after" },
    home: "timeout-after",
    ofWrites: true,
    ofWires: true,
  },
];

interface Call {
  readonly journey: JourneyName;
  readonly vendor: "stripe" | "cloudflare" | "ours";
  readonly name: string;
  readonly nth: number;
}

/** Every single fault at every call, once. */
export const singleFaults = (passed: readonly Passed[]): readonly Case[] => [
  ...[...callsOf(passed), ...toAnotherEnd].flatMap((call) =>
    kinds
      .filter(({ ofWrites, ofWires }) => (!ofWrites || writes.has(call.name)) && (!ofWires || call.vendor !== "ours"))
      .map(
        (kind): Case => ({
          block: "M1",
          name: `${call.name}${numbered(call.nth)} while ${call.journey}: ${kind.name}`,
          goesAs: call.journey,
          run: going(call.journey, (stage) => plan(stage, call, kind)),
        }),
      ),
  ),
  ...lateAnswers(passed),
];

/** The same call as in another journey, for something else. */
const toAnotherEnd: readonly Call[] = [
  { journey: "laterYear", vendor: "cloudflare", name: "registrar.check", nth: 1 },
  { journey: "dearerYear", vendor: "stripe", name: "subscriptions.update", nth: 1 },
  { journey: "decidingForAChild", vendor: "ours", name: "homes.ensureRunning", nth: 1 },
  { journey: "withdrawing", vendor: "ours", name: "homes.ensureRunning", nth: 1 },
  { journey: "sharing", vendor: "ours", name: "homes.ensureRunning", nth: 1 },
  { journey: "parting", vendor: "ours", name: "homes.ensureRunning", nth: 1 },
  { journey: "comingBack", vendor: "stripe", name: "checkout.sessions.create", nth: 1 },
  { journey: "comingBack", vendor: "stripe", name: "checkout.sessions.create", nth: 2 },
  { journey: "comingBack", vendor: "stripe", name: "checkout.sessions.expire", nth: 1 },
  { journey: "comingBack", vendor: "stripe", name: "checkout.sessions.retrieve", nth: 1 },
];

const numbered = (nth: number): string => (nth > 1 ? ` #${nth}` : "");

/** Each call once, in the first journey that passes by it. Its times are counted over the journeys before that one, too. */
function callsOf(passed: readonly Passed[]): readonly Call[] {
  const seen = new Set<string>();
  return passed.flatMap((one) => {
    const { journey } = one;
    const before = passedBefore(passed, journey).flatMap(namesOf);
    return namesOf(one).flatMap(({ vendor, name }, i, all): readonly Call[] => {
      const same = (other: { readonly name: string }): boolean => other.name === name;
      const nth = all.slice(0, i + 1).filter(same).length;
      const inAll = nth + before.filter(same).length;
      if (inAll > timesOf(name) || seen.has(name + numbered(inAll))) return [];
      seen.add(name + numbered(inAll));
      return [{ journey, vendor, name, nth }];
    });
  });
}

function namesOf({ stripe, cloudflare, places }: Passed): readonly Pick<Call, "vendor" | "name">[] {
  const ours = places.filter(({ kind, moment, name }) => kind === "call" && moment === "before" && isOurs(name));
  return [
    ...stripe.map((name) => ({ vendor: "stripe" as const, name })),
    ...cloudflare.map((name) => ({ vendor: "cloudflare" as const, name })),
    ...ours.map(({ name }) => ({ vendor: "ours" as const, name })),
  ];
}

/** Ports without a wire of a vendor's. */
const isOurs = (name: string): boolean =>
  /^(homes|accounts|asks|stranger|witness|siteHome|edge|outside|post)\./.test(name);

async function plan({ world }: Stage, { vendor, name, nth }: Call, { fault, home }: Kind): Promise<void> {
  const faults = { stripe: world.vendors.stripeFaults, cloudflare: world.vendors.cloudflareFaults };
  if (vendor !== "ours") faults[vendor].plan({ call: name, times: 1, ms: 0, skip: nth - 1, ...fault });
  else world.homeFaults.set(name, [...Array<undefined>(nth - 1).fill(undefined), home]);
}

/** Longer than a lease. */
const lateSeconds = 16;

/**
 * The answer of a worker's call comes when its lease has run out and another worker has done everything: it must write
 * nothing any more. (Left out: what is done while its row is locked, so that nobody takes over: a letter, a first password.)
 */
function lateAnswers(passed: readonly Passed[]): readonly Case[] {
  const seen = new Set<string>();
  return passed.flatMap(({ journey, places }) =>
    places
      .filter(({ kind, moment, nth }) => kind === "call" && moment === "after" && nth === 1)
      .filter(({ name }) => /^(registrar|dns|cashier|homes|accounts|siteHome|edge|outside)\./.test(name))
      .filter(({ name }) => name !== "accounts.setSecret")
      .filter(({ name }) => !seen.has(name) && seen.add(name))
      .map((place) => lateAnswer(journey, place)),
  );
}

const lateAnswer = (journey: JourneyName, place: Place): Case => ({
  block: "M1",
  name: `${place.name}${numbered(place.nth)} while ${journey}: answered after another worker took over`,
  goesAs: journey,
  run: async (stage) => {
    let outcome: unknown = new Error("Nothing passed there");
    const plan = async ({ world }: Stage): Promise<void> => {
      world.fate = at(place, (_, process) =>
        process.standStill(async () => {
          outcome = await overtaken(world, place).catch((error: unknown) => error);
        }),
      );
    };
    await going(journey, plan)(stage);
    if (outcome !== "overtaken") throw outcome;
  },
});

/** What is owed for orders and bills needs no lease. */
const leaseless = /^cashier\.|^registrar\.renewalPrice$/;

/** Another worker does everything there is to do. Where no lease is needed, none is lost. */
async function overtaken(world: SimWorld, place: Place): Promise<"overtaken" | Error> {
  const before = await fences(world);
  world.clock.pass(lateSeconds);
  await new Life(world).untilQuiet();
  // What the one that stood still asks of the registry now is refused; the judge takes it for asked in doubt within a minute.
  world.clock.pass(lateSeconds * 4);
  const lost = (await fences(world)) > before || leaseless.test(place.name);
  return lost ? "overtaken" : new Error("No other worker took over");
}

const fences = async ({ database }: SimWorld): Promise<bigint> =>
  (await database.db.tenant.aggregate({ _sum: { fence: true } }))._sum.fence ?? 0n;
