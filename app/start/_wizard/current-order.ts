import { redirect } from "next/navigation";
import { cache } from "react";
import { describeOrder, mayShow, type OrderView, type Screen } from "@/lib/orders/describe-order.ts";
import { web } from "@/lib/web.ts";
import { readOrderKey } from "../../_frame/order-cookie.ts";

/** This browser's order, read once a request. */
export const currentOrder = cache(
  async (): Promise<OrderView | undefined> => describeOrder(web().world, await readOrderKey()),
);

/** Where the wizard's end is shown: it goes on by itself. */
export const watchPage = "/start/watch";

/** The order for a screen. Leads to the first unfinished screen when it is too early for this one, and on when it is too late. */
export async function orderFor(screen: Exclude<Screen, "name">): Promise<OrderView> {
  const order = await currentOrder();
  if (!order) redirect("/start/name?note=gone");
  if (order.state === "closed") redirect(watchPage);
  if (!mayShow(screen, order.next)) redirect(`/start/${order.next}`);
  return order;
}

/** The same where a name must be there: every screen but the first. */
export function nameOf(order: OrderView): string {
  if (order.name === null) redirect("/start/name");
  return order.name;
}
