import { Refused, Unreachable } from "@/lib/errors.ts";

/** What can go wrong with a call of our own machines. */
export type HomeFault =
  | "refuse"
  | "409"
  | "429"
  | "500-before"
  | "500-after"
  | "timeout-before"
  | "timeout-after"
  | "malformed";

/** One call, with what goes wrong with it: as an adapter reports it, since there is no wire between. */
export async function faulty<T>(call: string, fault: HomeFault | undefined, run: () => Promise<T>): Promise<T> {
  const vendor = { vendor: "our machines", call };
  const lost = () => new Unreachable("planned: the answer was lost", vendor);
  switch (fault) {
    case undefined:
      return run();
    case "refuse":
    case "409":
      throw new Refused("planned: refused", { ...vendor, status: fault === "409" ? 409 : 400 });
    case "429":
      throw new Unreachable("planned: slow down", { ...vendor, status: 429 }, "none");
    case "500-before":
    case "timeout-before":
      throw lost();
    case "500-after":
    case "timeout-after":
    case "malformed":
      await run();
      throw lost();
  }
}
