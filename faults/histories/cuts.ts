import { point, type RecoveryPoint, recoveryPoints } from "../recovery-points.ts";

/** Where each release's history is cut: at the recovery points, and in what happens to homes that stand. */
export const cuts: readonly RecoveryPoint[] = [
  ...recoveryPoints,
  point("anotherName", "before registrar.register", "the purchase of another name is written down"),
  point("healing", "before registrar.setAutoRenew", "a finished home is about to be mended"),
  point("takingDown", "before siteHome.withdraw", "a finished home is to be taken down"),
  point("leaving", "after dns.deleteRecord", "a home whose name has left is half taken down"),
];
