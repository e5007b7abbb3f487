import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Mount } from "@/components/mount.tsx";
import { PriceLines } from "@/components/price-lines.tsx";
import { billFor, termsNow } from "@/lib/billing/bill.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { billLines } from "./bill-lines.ts";
import { nameOf } from "./current-order.ts";

interface OrderSideProps {
  readonly order: OrderView;
  /** How many will live there as the screen stands, saved or not. */
  readonly heads?: number;
  readonly children: ReactNode;
}

/** Beside screens 2 to 4: the plate, given as a child, and the bill so far. */
export async function OrderSide({ order, heads = order.heads, children }: OrderSideProps) {
  const t = await getTranslations("order");
  const now =
    heads === order.heads || !order.bill ? order.bill : billFor(order.ending ?? "", heads, termsNow(order.bill));
  const bill = now && (await billLines(now, nameOf(order), heads));
  return (
    <aside aria-labelledby="so-far" className="stack stack--4">
      <Mount>{children}</Mount>
      <h2 id="so-far" className="hidden">
        {t("aside")}
      </h2>
      {bill ? <PriceLines lines={bill.lines} total={bill.total} /> : null}
      <p className="small muted">{t("uncharged")}</p>
    </aside>
  );
}
