import { getTranslations } from "next-intl/server";
import { Plate } from "@/components/plate.tsx";
import { QrCard } from "@/components/qr-card.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import type { PrintedCard } from "@/lib/households/card-for-print.ts";
import { web } from "@/lib/web.ts";
import { homeAddress } from "../../../../../_frame/home-address.ts";
import { day, listAll } from "../../../../../_frame/write.ts";
import { cardPath } from "../../person-cards.tsx";

interface PaperCardProps {
  readonly printed: PrintedCard;
  readonly card: NonNullable<PrintedCard["card"]>;
}

/** The card as it comes out of the printer: half a sheet, no ink in areas. */
export async function PaperCard({ printed, card }: PaperCardProps) {
  const t = await getTranslations("youreHome.printed");
  const { given, name, part, child } = printed;
  const from = listAll(printed.from);
  return (
    <article className="setup" aria-label={t("label", { given })}>
      <Plate name={`@${part}:${name}`} />
      <Stack gap={3}>
        <h2>{t("hello", { given })}</h2>
        <ol className="setup__steps">
          <li>{t.rich("point", { ...rich, where: homeAddress(name, "card").shown })}</li>
          <li>{t("choose")}</li>
          <li>{t("install")}</li>
        </ol>
        <p>
          <b className="code">{card.code}</b>
        </p>
        {child ? (
          <p className="small">
            {t.rich("children", { ...rich, where: `${new URL(web().env.WEB_URL).host}/children` })}
          </p>
        ) : null}
        <p className="small muted">{t("works", { date: day(new Date(card.expiresAt)), from })}</p>
      </Stack>
      <QrCard link={`${web().env.WEB_URL}${cardPath(card.token)}`} label={t("qr", { given })} />
    </article>
  );
}
