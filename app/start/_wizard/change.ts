import { redirect } from "next/navigation";
import { NameplateError } from "@/lib/errors.ts";
import { describeOrder, type Screen } from "@/lib/orders/describe-order.ts";
import type { OrderKey } from "@/lib/orders/own-order.ts";
import { reopenOrder } from "@/lib/orders/reopen-order.ts";
import { web } from "@/lib/web.ts";
import { saving, tooOften } from "../../_frame/limits.ts";
import { keepOrderKey, readOrderKey } from "../../_frame/order-cookie.ts";
import { watchPage } from "./current-order.ts";

/**
 * Runs one change of this browser's order, for a server action. An open payment page is closed first, so that nothing
 * can be paid at the old sum. What can come between leads back to the screen with a note; nothing that was saved is lost.
 */
export async function change<T>(screen: Screen, act: (key: OrderKey | undefined) => Promise<T>): Promise<T> {
  if ((await tooOften(saving)) !== undefined) redirect(`/start/${screen}?note=often`);
  const key = await readOrderKey();
  const done = await attempt(key, act);
  if (done.ok) {
    if (key) await keepOrderKey(key);
    return done.value;
  }
  redirect(await placeAfter(done.error, screen, key));
}

type Done<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: NameplateError };

async function attempt<T>(key: OrderKey | undefined, act: (key: OrderKey | undefined) => Promise<T>): Promise<Done<T>> {
  try {
    const order = await describeOrder(web().world, key);
    if (order?.state === "checkout") await reopenOrder(web().checkout, key);
    return { ok: true, value: await act(key) };
  } catch (error) {
    if (error instanceof NameplateError) return { ok: false, error };
    throw error;
  }
}

async function placeAfter(error: NameplateError, screen: Screen, key: OrderKey | undefined): Promise<string> {
  switch (error.kind) {
    case "not-found":
      return "/start/name?note=gone";
    case "changed-meanwhile":
      return (await describeOrder(web().world, key))?.state === "closed" ? watchPage : `/start/${screen}?note=newer`;
    case "unreachable":
      return `/start/${screen}?note=away`;
    case "too-often":
      return `/start/${screen}?note=often`;
    default:
      throw error;
  }
}
