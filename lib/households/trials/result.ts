import { z } from "zod";
import { attempts } from "./attempts.ts";

/**
 * held: nothing came of it. allowed: it got through, as this child's rules say. through: it got through against the rules.
 * untried: it could not be made, so nobody knows.
 */
export const outcomes = ["held", "allowed", "through", "untried"] as const;
export type Outcome = (typeof outcomes)[number];

/** What was seen of it; the page has a sentence for each (`family.try.seen`). */
export const sights = [
  /** Of an invite: the parents would be asked; nobody hears of it; the child sees it; the child is in the room. */
  ...(["asked", "hidden", "shown", "joined"] as const),
  /** Of what was asked for: nothing came back, or something of the child did. */
  ...(["nothing", "learned"] as const),
  /** Of a message: kept out, or handed on. */
  ...(["keptOut", "passed"] as const),
  /** No answer came; or there was nothing to ask for, as no app of the child's has keys. */
  ...(["noAnswer", "noApp"] as const),
] as const;
export type Sight = (typeof sights)[number];

const shape = z.object({ attempt: z.enum(attempts), outcome: z.enum(outcomes), seen: z.enum(sights) });
export type Result = z.infer<typeof shape>;
/** As a row keeps them. */
export const resultsShape = z.array(shape);
