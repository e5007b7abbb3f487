import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Chip, type Tone } from "@/components/chip.tsx";
import type { IconName } from "@/components/icon.tsx";
import { People, PersonRow } from "@/components/person-row.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import type { CardView, PersonCard } from "@/lib/households/describe-cards.ts";
import { web } from "@/lib/web.ts";
import { day, dayOfYear, moment, time } from "../../../_frame/write.ts";
import { CopyLink } from "./copy-link.tsx";
import { NewCard } from "./new-card.tsx";

const looks: Record<CardView["state"], { readonly tone: Tone; readonly icon?: IconName }> = {
  sent: { tone: "wait", icon: "clock" },
  ready: { tone: "brass" },
  used: { tone: "good", icon: "check" },
  "ran-out": { tone: "bad", icon: "triangle-alert" },
};

/** Everyone but the reader, each with their card. */
export async function PersonCards({ name, people }: { name: string; people: readonly PersonCard[] }) {
  const t = await getTranslations("youreHome");
  return (
    <Stack as="section" gap={4} labelledBy="others">
      <Stack gap={2}>
        <h2 id="others">{t("cards")}</h2>
        <p className="muted measure">{t("cardsText")}</p>
      </Stack>
      <People>
        {people.map((person) => (
          <PersonRow
            key={person.personId}
            given={person.given}
            id={`@${person.part}:${name}`}
            child={person.child}
            note={<Note person={person} />}
          >
            <Chip {...(person.card ? looks[person.card.state] : {})}>{t(`state.${person.card?.state ?? "none"}`)}</Chip>
            <Acts person={person} />
          </PersonRow>
        ))}
      </People>
    </Stack>
  );
}

export const cardPath = (token: string): string => `/card/${token}`;

async function Note({ person }: { person: PersonCard }) {
  const t = await getTranslations("youreHome");
  const { card, given, child } = person;
  if (!card) return null;
  const now = web().world.clock.now();
  switch (card.state) {
    case "used": {
      const at = card.usedAt ? new Date(card.usedAt) : now;
      return t("usedOn", { date: dayOfYear(at), time: time(at) });
    }
    case "ran-out":
      return t("ranOutOn", { date: day(new Date(card.expiresAt)) });
    case "sent":
      return t("sentTo", { mail: card.sentTo ?? "", time: card.sentAt ? moment(new Date(card.sentAt), now) : "" });
    case "ready": {
      if (!child) return t("handOver");
      const link = (chunks: ReactNode) => (
        <Link href={cardPath(card.token ?? "")} prefetch={false}>
          {chunks}
        </Link>
      );
      return t.rich("child", { link, given });
    }
  }
}

/** A card that works can be handed over; one that does not, replaced. */
async function Acts({ person }: { person: PersonCard }) {
  const [t, frame] = [await getTranslations("youreHome"), await getTranslations("frame")];
  const { card, given, personId } = person;
  if (!card) return null;
  if (!card.token) {
    return (
      <NewCard personId={personId} cardId={card.id} from="home" look="link">
        {t.rich("newCard", { ...rich, given })}
      </NewCard>
    );
  }
  return (
    <>
      <Link href={`/start/home/print/${personId}`} prefetch={false}>
        {t.rich("print", { ...rich, given })}
      </Link>
      <CopyLink link={`${web().env.WEB_URL}${cardPath(card.token)}`} done={frame("copied")}>
        {t.rich("copyLink", { ...rich, given })}
      </CopyLink>
    </>
  );
}
