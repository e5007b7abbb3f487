import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { CardSight } from "@/lib/households/look-at-card.ts";
import { day, dayOfYear, time } from "../../_frame/write.ts";
import { askedOf } from "../sight.ts";

/** A card that cannot be used, or not yet: why, and what to do. */
export async function CardOver({ sight, token }: { sight: CardSight; token: string }) {
  switch (sight.state) {
    case "used":
      return <Used sight={sight} />;
    case "consent-withdrawn":
      return <Withdrawn sight={sight} />;
    case "home-not-ready":
      return <NotReady token={token} />;
    default:
      return <Ended sight={sight} />;
  }
}

async function Used({ sight }: { sight: CardSight }) {
  const t = await getTranslations("card");
  const { runsHome, usedAt, name } = sight;
  const at = new Date(usedAt ?? sight.expiresAt);
  return (
    <Stack className="wrap wrap--text page">
      <PageHeading>{t("used")}</PageHeading>
      <p className="lead">{t("usedText", { date: dayOfYear(at), time: time(at) })}</p>
      <p>{runsHome ? t("usedAdviceOwn") : t("usedAdvice", { owner: askedOf(sight) })}</p>
      <p>
        <Link href={`/apps/${name}`} prefetch={false}>
          {t("apps")}
        </Link>
      </p>
    </Stack>
  );
}

async function Ended({ sight }: { sight: CardSight }) {
  const t = await getTranslations("card");
  const { runsHome, replacedAt, state } = sight;
  const date = replacedAt ? day(new Date(replacedAt)) : "";
  const key = state === "replaced" ? "replaced" : "ranOut";
  return (
    <Stack className="wrap wrap--text page">
      <PageHeading>{t(key)}</PageHeading>
      <p className="lead">{t(runsHome ? `${key}TextOwn` : `${key}Text`, { owner: askedOf(sight), date })}</p>
      {runsHome ? (
        <Actions>
          <ButtonLink href="/start/home">{t("ownPage")}</ButtonLink>
        </Actions>
      ) : null}
    </Stack>
  );
}

async function NotReady({ token }: { token: string }) {
  const t = await getTranslations("card");
  return (
    <Stack className="wrap wrap--text page">
      <PageHeading>{t("homeNotReadyHeading")}</PageHeading>
      <p className="lead">{t("homeNotReady")}</p>
      <Actions>
        {/* The same page, asked for anew. */}
        <a className="button button--quiet" href={`/card/${token}`}>
          {t("tryAgain")}
        </a>
      </Actions>
    </Stack>
  );
}

async function Withdrawn({ sight }: { sight: CardSight }) {
  const t = await getTranslations("card");
  return (
    <Stack className="wrap wrap--text page">
      <PageHeading>{t("consentWithdrawn")}</PageHeading>
      <p className="lead">{t("consentWithdrawnText", { owner: askedOf(sight) })}</p>
    </Stack>
  );
}
