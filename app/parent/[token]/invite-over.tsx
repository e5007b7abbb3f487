import { getTranslations } from "next-intl/server";
import { Actions, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { InviteSight } from "@/lib/households/parents/look-at-invite.ts";
import { day } from "../../_frame/write.ts";

const keys = {
  done: "done",
  left: "left",
  full: "full",
  "taken-back": "takenBack",
  "ran-out": "ranOut",
} as const;

/** A link that does nothing any more: why, and what to do. */
export async function InviteOver({ sight, theirs }: { sight: InviteSight; theirs: boolean }) {
  const t = await getTranslations("parent");
  const { state, name, by, until } = sight;
  if (state === "works") return null;
  const key = keys[state];
  const values = { name, by, date: day(new Date(until)) };
  return (
    <Stack className="wrap wrap--text page">
      <PageHeading>{t(key, values)}</PageHeading>
      {state === "done" && theirs ? null : <p className="lead">{t(`${key}Text`, values)}</p>}
      {state === "done" ? (
        <Actions>
          <ButtonLink href={`/home/${name}`}>{t("toHome")}</ButtonLink>
        </Actions>
      ) : null}
    </Stack>
  );
}
