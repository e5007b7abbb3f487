import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { PaperCard } from "@/app/(bought)/start/home/print/[personId]/paper-card.tsx";
import { PrintButton } from "@/app/(bought)/start/home/print/[personId]/print-button.tsx";
import { Button } from "@/components/button.tsx";
import { CopyButton } from "@/components/copy-button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { NameplateError } from "@/lib/errors.ts";
import { cardForPrint, type PrintedCard } from "@/lib/households/card-for-print.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../../_frame/titled.ts";
import { day } from "../../../../_frame/write.ts";
import { insiderOf } from "../../../_parts/member.ts";
import { renewCardAction } from "../../../actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string; readonly personId: string }>;
}

const cardLink = (token: string): string => `${web().env.WEB_URL}/card/${token}`;

const cardOf = cache(async (name: string, personId: string): Promise<PrintedCard> => {
  const member = await insiderOf(name);
  try {
    return await cardForPrint(web().world, member, personId);
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { name, personId } = await params;
  const [t, { given }] = [await getTranslations("youreHome.printed"), await cardOf(name, personId)];
  return titled(t("title", { given }));
}

/** One person's card: to print, to send, and to replace. */
export default async function CardPage({ params }: PageProps) {
  const { name, personId } = await params;
  const printed = await cardOf(name, personId);
  const [t, printing, frame] = [
    await getTranslations("family"),
    await getTranslations("youreHome.printed"),
    await getTranslations("frame"),
  ];
  const { card, given } = printed;
  return (
    <Stack className="wrap wrap--text page">
      <Stack gap={3} className="noprint">
        <PageHeading>{printing("title", { given })}</PageHeading>
        <p className="muted">
          {card ? t("cardPage.text", { date: day(new Date(card.expiresAt)) }) : printing("over", { given })}
        </p>
        {card ? (
          <div className="row">
            <PrintButton>{printing("button")}</PrintButton>
            <CopyButton words={cardLink(card.token)} label={printing("copy")} done={frame("copied")} />
          </div>
        ) : null}
      </Stack>
      {card ? <PaperCard printed={printed} card={card} /> : null}
      <Renew name={name} personId={personId} printed={printed} />
      <p className="noprint">
        <Link href={`/home/${name}`} prefetch={false}>
          {t("cardPage.back")}
        </Link>
      </p>
    </Stack>
  );
}

/** Its form names the card it replaces, so that pressing twice makes no second one. */
async function Renew({ name, personId, printed }: { name: string; personId: string; printed: PrintedCard }) {
  const t = await getTranslations("family");
  const { given, lastCardId } = printed;
  if (!lastCardId) return null;
  return (
    <Stack as="section" gap={3} className="card noprint" labelledBy="renew">
      <h2 id="renew">{t("newCardQuestion", { given })}</h2>
      <p>{t("newCardText", { given })}</p>
      <form action={renewCardAction}>
        <input type="hidden" name="home" value={decodeURIComponent(name)} />
        <input type="hidden" name="person" value={personId} />
        <input type="hidden" name="card" value={lastCardId} />
        <Button kind="quiet">{t("newCardYes")}</Button>
      </form>
    </Stack>
  );
}
