import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import type { WatchView } from "@/lib/orders/describe-watch.ts";

/** Somebody may look here with the payment page still open, and nothing paid. */
export async function NotPaid() {
  const t = await getTranslations("watch");
  const link = (chunks: ReactNode) => (
    <Link href="/start/pay" prefetch={false}>
      {chunks}
    </Link>
  );
  return <p className="muted">{t.rich("notPaid", { link })}</p>;
}

/** Money on its way back, or back. */
export async function RefundStands({ view }: { view: WatchView }) {
  const t = await getTranslations("watch.refund");
  if (view.refund === "refused")
    return (
      <Notice tone="wait" icon="clock" heading={t("stuck")}>
        <p>{t("stuckText")}</p>
      </Notice>
    );
  if (view.phase === "refunding") return <p>{t("onItsWay")}</p>;
  return (
    <>
      <p>{t("nothingOwed")}</p>
      <Actions>
        <ButtonLink href="/start/name" kind="quiet">
          {t("again")}
        </ButtonLink>
      </Actions>
    </>
  );
}
