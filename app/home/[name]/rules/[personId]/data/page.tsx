import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Actions, Button } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { NameplateError } from "@/lib/errors.ts";
import { describeDataOf, type KeptData } from "@/lib/households/data/describe-data.ts";
import { web } from "@/lib/web.ts";
import { DataLines } from "../../../../../_frame/data-lines.tsx";
import { EraseWords } from "../../../../../_frame/erase-words.tsx";
import { titled } from "../../../../../_frame/titled.ts";
import { parentOf } from "../../../../_parts/member.ts";
import { takeOutAction } from "../../../change/actions.ts";
import { eraseAction } from "./actions.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string; readonly personId: string }>;
}

const dataIn = cache(async (name: string, personId: string) => {
  const member = await parentOf(name);
  try {
    return { member, data: await describeDataOf(web().world, member, personId) };
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { name, personId } = await params;
  const { data } = await dataIn(name, personId);
  return titled((await getTranslations("family.data"))("heading", { given: data.given }));
}

/** What we keep of a child, for its parents: to look at, to take along, and to have erased. */
export default async function DataPage({ params }: PageProps) {
  const { name, personId } = await params;
  const { member, data } = await dataIn(name, personId);
  const t = await getTranslations("family.data");
  const { given } = data;
  const here = `/home/${name}/rules/${personId}`;
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <Stack gap={2}>
        <PageHeading>{t("heading", { given })}</PageHeading>
        <p className="lead">{t("lead")}</p>
      </Stack>
      <DataLines data={data} own="no" />
      <Stack gap={2}>
        <div>
          <a className="button button--quiet" href={`${here}/data/copy`} download>
            {t("copy")}
          </a>
        </div>
        <p className="small muted">{t("copyText")}</p>
      </Stack>
      <Erase name={decodeURIComponent(name)} data={data} runs={member.runs} />
      <p>
        <Link href={here} prefetch={false}>
          {t("back", { given })}
        </Link>
      </p>
    </Stack>
  );
}

/** Two steps: it is asked for here, and done by taking the child out, whose bill is shown before. */
async function Erase({ name, data, runs }: { name: string; data: KeptData; runs: boolean }) {
  const { personId, given, erase } = data;
  const t = await getTranslations("family.data.erase");
  const child = (
    <>
      <input type="hidden" name="home" value={name} />
      <input type="hidden" name="person" value={personId} />
    </>
  );
  return (
    <Stack as="section" gap={3} labelledBy="erase" className="card">
      <EraseWords data={data} own="no" takesOut={runs} />
      <Actions>
        {erase && runs ? (
          <form action={takeOutAction}>
            {child}
            <Button kind="danger">{t("takeOut", { given })}</Button>
          </form>
        ) : null}
        {erase && !erase.yours ? null : (
          <form action={eraseAction}>
            {child}
            <input type="hidden" name="act" value={erase ? "keep" : "erase"} />
            <Button kind={erase ? "quiet" : "danger"}>{erase ? t("keep") : t("ask", { given })}</Button>
          </form>
        )}
      </Actions>
    </Stack>
  );
}
