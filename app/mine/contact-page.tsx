import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Button } from "@/components/button.tsx";
import { Stack } from "@/components/stack.tsx";
import type { MineView } from "@/lib/households/mine/describe-mine.ts";
import type { HomeAddress } from "../_frame/home-address.ts";
import { ownPageAction } from "./actions.ts";

/** The page by which friends find an adult: theirs to put up and to take down. */
export async function ContactPage({ page, at: { href, shown } }: { page: MineView["page"]; at: HomeAddress }) {
  const t = await getTranslations("mine.page");
  const link = (chunks: ReactNode) => (page === "up" ? <a href={href}>{chunks}</a> : chunks);
  return (
    <Stack as="section" gap={3} labelledBy="page" className="card">
      <h2 id="page">{t("heading")}</h2>
      <p>{t.rich(page, { shown, link })}</p>
      {page === "kept-off" ? null : (
        <form action={ownPageAction}>
          <input type="hidden" name="page" value={page === "up" ? "down" : "up"} />
          <Button kind="quiet">{t(page === "up" ? "takeDown" : "make")}</Button>
        </form>
      )}
    </Stack>
  );
}
