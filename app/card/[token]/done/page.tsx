import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Mount } from "@/components/mount.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Plate } from "@/components/plate.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { AppCards } from "../../../_apps/app-cards.tsx";
import { titled } from "../../../_frame/titled.ts";
import { ForChildren } from "../../for-children.tsx";
import { askedOf, sightOf } from "../../sight.ts";
import { ChildsRules } from "../childs-rules.tsx";

interface PageProps {
  readonly params: Promise<{ readonly token: string }>;
}

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("card"))("savedTitle"));

/** After a card was used: an app, and what to type in it. */
export default async function SavedPage({ params }: PageProps) {
  const { token } = await params;
  const sight = await sightOf(token);
  if (sight.state !== "used") redirect(`/card/${encodeURIComponent(token)}`);
  const [t, apps] = [await getTranslations("card"), await getTranslations("apps")];
  const { name, part, child, rules } = sight;
  return (
    <div className="wrap page">
      <div className="beside beside--plate-first">
        <Stack gap={6}>
          <Stack gap={3}>
            <PageHeading>{t(child ? "savedChild" : "saved")}</PageHeading>
            <p className="lead">{t("savedLead")}</p>
          </Stack>
          <AppCards name={name} part={part} level={2} />
          <Stack as="section" gap={2} labelledBy="sign-in">
            <h2 id="sign-in">{apps("signIn")}</h2>
            <p>{apps.rich("signInText", { ...rich, name, part })}</p>
          </Stack>
          {rules ? (
            <ChildsRules owner={askedOf(sight)} rules={rules} text={t("rulesLater", { owner: askedOf(sight) })} />
          ) : null}
          {child ? <ForChildren /> : null}
        </Stack>
        <aside aria-label={t("aside")}>
          <Mount>
            <Plate name={`@${part}:${name}`} fresh />
          </Mount>
        </aside>
      </div>
    </div>
  );
}
