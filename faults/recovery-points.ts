import type { Place } from "./case.ts";
import type { JourneyName } from "./reference.ts";

export interface RecoveryPoint {
  readonly journey: JourneyName;
  readonly place: Place;
  readonly means: string;
}

/** What the database has promised to remember: faults of our own stores are tried at each of these. */
export const recoveryPoints: readonly RecoveryPoint[] = [
  point("buying", "before desk.open", "the visit is written down"),
  point("buying", "after desk.open", "the payment page is open"),
  point("buying", "before cashier.look", "the webhook is stored"),
  point("buying", "after cashier.payment", "the payment was seen"),
  point("buying", "before registrar.find", "the home is wanted"),
  point("buying", "before registrar.register", "the purchase is written down"),
  point("buying", "after registrar.register", "the name is bought"),
  point("buying", "after homes.ensureRunning", "the home runs"),
  point("buying", "after dns.createRecord", "the address book leads to us"),
  point("buying", "after siteHome.publish", "the pages are published"),
  point("buying", "after accounts.ensureAccount", "the account is made"),
  point("buying", "after outside.look", "it was seen from outside"),
  point("moneyBack", "before cashier.refund", "the refund is asked for"),
  point("moneyBack", "after cashier.refund", "the money is on its way back"),
  point("comingBack", "before desk.open", "a return is written down"),
  point("comingBack", "after desk.open", "a return's payment page is open"),
  point("comingBack", "after cashier.look", "a return's payment was seen"),
];

export function point(journey: JourneyName, where: string, means: string): RecoveryPoint {
  const [moment, name] = where.split(" ") as ["before" | "after", string];
  return { journey, place: { kind: "call", moment, name, nth: 1 }, means };
}
