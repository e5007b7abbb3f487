import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { Button } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { NameplateError } from "@/lib/errors.ts";
import { describeOwnData, type KeptData } from "@/lib/households/data/describe-data.ts";
import { web } from "@/lib/web.ts";
import { BarePage } from "../../_frame/bare-page.tsx";
import { DataLines } from "../../_frame/data-lines.tsx";
import { EraseWords } from "../../_frame/erase-words.tsx";
import { titled } from "../../_frame/titled.ts";
import { writeToUs } from "../../_frame/write-to-us.tsx";
import { eraseOwnAction } from "../actions.ts";
import { readMineSecret } from "../mine-cookie.ts";

/** Where no page is open in this browser one is asked for. */
const ownData = cache(async (): Promise<KeptData> => {
  try {
    return await describeOwnData(web().world, await readMineSecret());
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") redirect("/mine");
    throw error;
  }
});

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("family.data"))("headingOwn"));

/** What we keep of whoever reads it. */
export default async function OwnDataPage() {
  const [t, data] = [await getTranslations("family.data"), await ownData()];
  return (
    <BarePage>
      <Stack gap={6} className="wrap wrap--text page">
        <Stack gap={2}>
          <PageHeading>{t("headingOwn")}</PageHeading>
          <p className="lead">{t("lead")}</p>
        </Stack>
        <DataLines data={data} own="yes" />
        <Stack gap={2}>
          <div>
            <a className="button button--quiet" href="/mine/data/copy" download>
              {t("copy")}
            </a>
          </div>
          <p className="small muted">{t("copyText")}</p>
        </Stack>
        <EraseOwn data={data} />
        <p>
          <Link href="/mine" prefetch={false}>
            {t("backOwn")}
          </Link>
        </p>
      </Stack>
    </BarePage>
  );
}

async function EraseOwn({ data }: { data: KeptData }) {
  const { erase, mayErase } = data;
  const t = await getTranslations("family.data.erase");
  return (
    <Stack as="section" gap={3} labelledBy="erase" className="card">
      <EraseWords data={data} own="yes" takesOut={false} />
      {mayErase === "no" ? <p>{t.rich("parents", writeToUs())}</p> : null}
      {mayErase === "runs" ? <p>{t("own")}</p> : null}
      {mayErase === "yes" && (!erase || erase.yours) ? (
        <form action={eraseOwnAction}>
          <input type="hidden" name="act" value={erase ? "keep" : "erase"} />
          <Button kind={erase ? "quiet" : "danger"}>{erase ? t("keep") : t("askOwn")}</Button>
        </form>
      ) : null}
    </Stack>
  );
}
