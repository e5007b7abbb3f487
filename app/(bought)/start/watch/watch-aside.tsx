import { getTranslations } from "next-intl/server";
import { Mount } from "@/components/mount.tsx";
import { Plate } from "@/components/plate.tsx";
import { rich } from "@/components/rich.tsx";
import type { WatchView } from "@/lib/orders/describe-watch.ts";
import { web } from "@/lib/web.ts";
import { day, money } from "../../../_frame/write.ts";

/** Phases in which we write when it is done. */
const goesOn: readonly WatchView["phase"][] = ["making", "delayed", "needs-you"];

/** Phases in which the name is not theirs. */
const gone: readonly WatchView["phase"][] = ["lost", "refunding", "refunded", "over"];

/** Beside the list: the plate, that the page may be closed, and what was paid. */
export async function WatchAside({ view }: { view: WatchView }) {
  const t = await getTranslations("watch");
  const { paid, mail, part, name, phase } = view;
  return (
    <aside className="stack stack--4" aria-label={t("aside")}>
      <Mount>
        <Plate name={`@${part}:${name}`} blank={gone.includes(phase)} />
      </Mount>
      {goesOn.includes(phase) ? <p className="small muted">{t.rich("close", { ...rich, mail })}</p> : null}
      {paid ? <p className="small muted">{await receipt(paid)}</p> : null}
    </aside>
  );
}

async function receipt(paid: NonNullable<WatchView["paid"]>): Promise<string> {
  const t = await getTranslations("watch");
  const values = { sum: money(paid), receipt: paid.receipt };
  const date = day(new Date(paid.at));
  return date === day(web().world.clock.now()) ? t("paidToday", values) : t("paidOn", { ...values, date });
}
