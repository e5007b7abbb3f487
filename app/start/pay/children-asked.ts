import { askedFor } from "@/lib/households/consent/agreed.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { web } from "@/lib/web.ts";

/** The given names of those for whom the buyer has to agree as a parent. */
export const childrenAsked = ({ people, deed }: OrderView): readonly string[] =>
  askedFor(people, deed?.country ?? "", web().world.clock.now()).map(({ given }) => given);
