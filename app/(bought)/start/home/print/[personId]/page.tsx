import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { CopyButton } from "@/components/copy-button.tsx";
import { Empty } from "@/components/empty.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { NameplateError } from "@/lib/errors.ts";
import { cardForPrint, type PrintedCard } from "@/lib/households/card-for-print.ts";
import { web } from "@/lib/web.ts";
import { findWatcher } from "../../../../../_frame/find-watcher.ts";
import { titled } from "../../../../../_frame/titled.ts";
import { day } from "../../../../../_frame/write.ts";
import { BoughtPage } from "../../../../_parts/bought-page.tsx";
import { NewCard } from "../../new-card.tsx";
import { cardPath } from "../../person-cards.tsx";
import { PaperCard } from "./paper-card.tsx";
import { PrintButton } from "./print-button.tsx";

interface PageProps {
  readonly params: Promise<{ readonly personId: string }>;
}

/** One person of this browser's own home; nobody else's card is found. */
const cardOf = cache(async (personId: string): Promise<PrintedCard> => {
  const who = await findWatcher();
  if (!who) notFound();
  try {
    return await cardForPrint(web().world, who, personId);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const [t, { given }] = [await getTranslations("youreHome.printed"), await cardOf((await params).personId)];
  return titled(t("title", { given }));
}

export default async function PrintPage({ params }: PageProps) {
  const { personId } = await params;
  const [t, printed] = [await getTranslations("youreHome"), await cardOf(personId)];
  return (
    <BoughtPage link={{ href: "/home", label: t("family") }}>
      <Stack className="wrap wrap--text page">
        {printed.card ? (
          <>
            <Above personId={personId} printed={printed} card={printed.card} />
            <PaperCard printed={printed} card={printed.card} />
          </>
        ) : (
          <NoCard personId={personId} printed={printed} />
        )}
      </Stack>
    </BoughtPage>
  );
}

interface PartProps {
  readonly personId: string;
  readonly printed: PrintedCard;
}

/** On the screen only: how long it works, printing it, sending its link, and making another. */
async function Above({ personId, printed, card }: PartProps & { card: NonNullable<PrintedCard["card"]> }) {
  const [t, frame] = [await getTranslations("youreHome"), await getTranslations("frame")];
  const { given } = printed;
  return (
    <Stack gap={3} className="noprint">
      <PageHeading>{t("printed.title", { given })}</PageHeading>
      <p className="muted">{t("printed.text", { date: day(new Date(card.expiresAt)) })}</p>
      <div className="row">
        <PrintButton>{t("printed.button")}</PrintButton>
        <CopyButton
          words={`${web().env.WEB_URL}${cardPath(card.token)}`}
          label={t("printed.copy")}
          done={frame("copied")}
        />
        <NewCard personId={personId} cardId={card.id} from="print" look="link">
          {t("printed.make")}
        </NewCard>
        <Link href="/start/home" prefetch={false}>
          {frame("back")}
        </Link>
      </div>
    </Stack>
  );
}

async function NoCard({ personId, printed }: PartProps) {
  const [t, frame] = [await getTranslations("youreHome.printed"), await getTranslations("frame")];
  const { given, lastCardId } = printed;
  return (
    <>
      <PageHeading>{t("title", { given })}</PageHeading>
      <Empty heading={t("over", { given })}>
        <p>{t("overText", { given })}</p>
        <NewCard personId={personId} cardId={lastCardId ?? ""} from="print" look="main">
          {t("make")}
        </NewCard>
      </Empty>
      <p>
        <Link href="/start/home" prefetch={false}>
          {frame("back")}
        </Link>
      </p>
    </>
  );
}
