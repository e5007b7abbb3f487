import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Mount } from "@/components/mount.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Plate } from "@/components/plate.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import type { CardSight } from "@/lib/households/look-at-card.ts";
import { HouseText } from "../../_frame/house-text.tsx";
import { titled } from "../../_frame/titled.ts";
import { day } from "../../_frame/write.ts";
import { ForChildren } from "../for-children.tsx";
import { askedOf, sightOf } from "../sight.ts";
import { CardOver } from "./card-over.tsx";
import { ChildsRights } from "./childs-rights.tsx";
import { ChildsRules } from "./childs-rules.tsx";
import { PasswordForm } from "./password-form.tsx";
import { passwordWords } from "./password-words.ts";

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
}

const headings = {
  works: "title",
  used: "used",
  replaced: "replaced",
  "ran-out": "ranOut",
  "home-not-ready": "homeNotReadyHeading",
  "consent-withdrawn": "consentWithdrawn",
} as const;

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const [t, sight] = [await getTranslations("card"), await sightOf((await params).token)];
  return titled(t(headings[sight.state]));
}

/** A set-up card, opened by its link. What is here may be looked at any number of times; saving a password uses the card. */
export default async function CardPage({ params }: PageProps) {
  const { token } = await params;
  const sight = await sightOf(token);
  return sight.state === "works" ? <Card sight={sight} token={token} /> : <CardOver sight={sight} token={token} />;
}

async function Card({ sight, token }: { sight: CardSight; token: string }) {
  const t = await getTranslations("card");
  const { child, rules, name, part } = sight;
  return (
    <div className="wrap page">
      <div className="beside beside--plate-first">
        <Stack gap={6}>
          <PasswordForm token={token} part={part} words={await passwordWords(sight)}>
            <Hello sight={sight} />
            {child ? <ChildsRights parents={sight.parents} /> : null}
            {sight.house ? <HouseText name={name} text={sight.house.text} /> : null}
          </PasswordForm>
          {rules ? (
            <ChildsRules owner={askedOf(sight)} rules={rules} text={t("rulesText", { owner: askedOf(sight) })} />
          ) : null}
          {child ? (
            <Notice icon="message-circle" heading={t("wrong")} gap={1}>
              <p>{t("wrongText", { owner: askedOf(sight) })}</p>
              <ForChildren />
            </Notice>
          ) : (
            <Stack as="section" gap={2} labelledBy="next">
              <h2 id="next">{t("next")}</h2>
              <p>{t.rich("nextText", { ...rich, id: `@${part}:${name}` })}</p>
            </Stack>
          )}
        </Stack>
        <aside aria-label={t("aside")}>
          <Mount>
            <Plate name={`@${part}:${name}`} />
          </Mount>
        </aside>
      </div>
    </div>
  );
}

async function Hello({ sight }: { sight: CardSight }) {
  const t = await getTranslations("card");
  const { child, runsHome, given, owner, name, expiresAt } = sight;
  const lead = child ? "leadChild" : runsHome ? "leadOwn" : "lead";
  return (
    <Stack gap={3}>
      <p className="eyebrow">{child ? t("together") : t("works", { date: day(new Date(expiresAt)) })}</p>
      <PageHeading>{t(child ? "headingChild" : "heading", { given })}</PageHeading>
      <p className="lead">{t(lead, { owner, name })}</p>
    </Stack>
  );
}
