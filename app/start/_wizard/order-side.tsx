import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Mount } from "@/components/mount.tsx";
import { PriceLines } from "@/components/price-lines.tsx";
import { billFor, type Terms, termsFor, termsNow } from "@/lib/billing/bill.ts";
import { asksMoney } from "@/lib/billing/prices.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { billLines } from "../../_frame/bill-lines.ts";
import { nameOf } from "./current-order.ts";

interface OrderSideProps {
  readonly order: OrderView;
  /** How many will live there as the screen stands, saved or not. */
  readonly heads?: number;
  /** What they are billed by as the screen stands, saved or not. */
  readonly terms?: Terms | undefined;
  readonly children: ReactNode;
}

/** Beside screens 2 to 4: the plate, given as a child, and the bill so far. */
export async function OrderSide({ order, heads = order.heads, terms, children }: OrderSideProps) {
  const t = await getTranslations("order");
  const same = heads === order.heads && (terms === undefined || terms.plan === order.bill?.plan);
  const now =
    same || !order.bill
      ? order.bill
      : billFor(order.ending ?? "", heads, terms ?? termsFor(heads, termsNow(order.bill)));
  const bill = now && (await billLines(now, nameOf(order), heads));
  return (
    <aside aria-labelledby="so-far" className="stack stack--4">
      <Mount>{children}</Mount>
      <h2 id="so-far" className="hidden">
        {t("aside")}
      </h2>
      {bill ? <PriceLines lines={bill.lines} total={bill.total} /> : null}
      {asksMoney() ? <p className="small muted">{t("uncharged")}</p> : null}
    </aside>
  );
}
