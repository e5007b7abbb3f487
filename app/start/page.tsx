import { redirect } from "next/navigation";
import { currentOrder, watchPage } from "./_wizard/current-order.ts";

/** The wizard by itself: where this browser stopped. */
export default async function StartPage() {
  const order = await currentOrder();
  redirect(order?.state === "closed" ? watchPage : `/start/${order?.next ?? "name"}`);
}
