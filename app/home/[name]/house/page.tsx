import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { More } from "@/components/more.tsx";
import { Notice } from "@/components/notice.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { describeHouse, type HouseVersion } from "@/lib/households/house/describe-house.ts";
import { web } from "@/lib/web.ts";
import { HouseParagraphs, HouseText } from "../../../_frame/house-text.tsx";
import { titled } from "../../../_frame/titled.ts";
import { day } from "../../../_frame/write.ts";
import { one, type Query } from "../../../start/_wizard/note.tsx";
import { insiderOf } from "../../_parts/member.ts";
import { WhoAgreed } from "./who-agreed.tsx";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  await insiderOf((await params).name);
  return titled((await getTranslations("family.house"))("heading"));
}

/** The only sentences that the address of this page may name. */
const notes = { saved: "good", read: "good", changed: "wait" } as const;

/** What the family agreed about its home, who said what to it, and what held before. */
export default async function HousePage({ params, searchParams }: PageProps) {
  const [t, { name }] = [await getTranslations("family.house"), await params];
  const member = await insiderOf(name);
  const { versions, people } = await describeHouse(web().world, member);
  const [newest, ...older] = versions;
  const note = one((await searchParams)["note"]);
  const known = Object.hasOwn(notes, note) ? (note as keyof typeof notes) : undefined;
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <Stack gap={2}>
        <PageHeading>{t("heading")}</PageHeading>
        <p className="lead">{t("lead")}</p>
      </Stack>
      {known ? (
        <Notice
          tone={notes[known]}
          icon={known === "changed" ? "info" : "check"}
          heading={t(`notes.${known}`)}
          status
        />
      ) : null}
      {newest ? (
        <Stack gap={3}>
          <HouseText name={decodeURIComponent(name)} text={newest.text} />
          <p className="small muted">{t("version", aboutOf(newest))}</p>
        </Stack>
      ) : (
        <p>{t("none")}</p>
      )}
      {member.runs ? (
        <Actions>
          <ButtonLink href={`/home/${name}/house/write`} kind={newest ? "quiet" : "main"} icon="pencil">
            {t(newest ? "change" : "begin")}
          </ButtonLink>
        </Actions>
      ) : (
        <p>{t("oneHand")}</p>
      )}
      {newest ? <WhoAgreed name={name} nth={newest.nth} people={people} /> : null}
      {older.length > 0 ? (
        <Stack as="section" gap={3} labelledBy="older">
          <h2 id="older">{t("older")}</h2>
          {older.map((version) => (
            <More key={version.nth} summary={t("version", aboutOf(version))}>
              <HouseParagraphs text={version.text} />
            </More>
          ))}
        </Stack>
      ) : null}
      <p>
        <Link href={`/home/${name}`} prefetch={false}>
          {t("back")}
        </Link>
      </p>
    </Stack>
  );
}

const aboutOf = ({ nth, at, by }: HouseVersion) => ({ nth, by: by || "none", date: day(new Date(at)) });
