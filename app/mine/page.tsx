import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { NameplateError } from "@/lib/errors.ts";
import { describeMine, type MineView } from "@/lib/households/mine/describe-mine.ts";
import { web } from "@/lib/web.ts";
import { BarePage } from "../_frame/bare-page.tsx";
import { titled } from "../_frame/titled.ts";
import { one, type Query } from "../start/_wizard/note.tsx";
import { AskForLink } from "./ask-for-link.tsx";
import { readMineSecret } from "./mine-cookie.ts";
import { OwnPage } from "./own-page.tsx";

interface PageProps {
  readonly searchParams: Query;
}

/** Whose page is open in this browser; undefined where none is. */
const openPage = cache(async (): Promise<MineView | undefined> => {
  try {
    return await describeMine(web().world, await readMineSecret());
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") return undefined;
    throw error;
  }
});

export async function generateMetadata({ searchParams }: PageProps): Promise<Metadata> {
  const [t, mine, query] = [await getTranslations("mine"), await openPage(), await searchParams];
  const heading = mine ? t("hello", { given: mine.given }) : t("heading");
  return titled(heading, { wrong: one(query["error"]) !== "" });
}

/** One's own page, for everybody who lives in a home: opened by a link that comes into their own app. */
export default async function MinePage({ searchParams }: PageProps) {
  const [mine, query] = [await openPage(), await searchParams];
  const error = one(query["error"]);
  return (
    <BarePage>
      {mine ? (
        <OwnPage mine={mine} error={error} asked={one(query["asked"]) !== ""} />
      ) : (
        <AskForLink error={error} sent={one(query["sent"]) !== ""} />
      )}
    </BarePage>
  );
}
