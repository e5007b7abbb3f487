import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/button.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import type { PersonCard } from "@/lib/households/describe-cards.ts";
import { AppCards } from "../../../_apps/app-cards.tsx";
import { day, time } from "../../../_frame/write.ts";
import { NewCard } from "./new-card.tsx";
import { cardPath } from "./person-cards.tsx";

/** A password, an app, signing in. */
export async function ThreeThings({ name, owner }: { name: string; owner: PersonCard }) {
  const [t, apps] = [await getTranslations("youreHome"), await getTranslations("apps")];
  return (
    <ol className="numbered">
      <li>
        <Stack gap={3}>
          <h2>{t("choose")}</h2>
          <OwnPassword owner={owner} />
        </Stack>
      </li>
      <li>
        <Stack gap={3}>
          <h2>{apps("heading")}</h2>
          <p>{apps("text")}</p>
          <AppCards name={name} part={owner.part} />
        </Stack>
      </li>
      <li>
        <Stack gap={2}>
          <h2>{apps("signIn")}</h2>
          <p>{apps.rich("signInText", { ...rich, name, part: owner.part })}</p>
        </Stack>
      </li>
    </ol>
  );
}

async function OwnPassword({ owner }: { owner: PersonCard }) {
  const t = await getTranslations("youreHome");
  const { card, personId } = owner;
  if (!card) return null;
  if (card.token) {
    return (
      <>
        <p>{t("chooseText")}</p>
        <div>
          <ButtonLink href={cardPath(card.token)}>{t("chooseButton")}</ButtonLink>
        </div>
      </>
    );
  }
  const at = new Date(card.usedAt ?? card.expiresAt);
  return (
    <>
      <p>{card.usedAt ? t("chosen", { date: day(at), time: time(at) }) : t("ranOut", { date: day(at) })}</p>
      <NewCard personId={personId} cardId={card.id} from="home" look={card.usedAt ? "quiet" : "main"}>
        {t("newOwnCard")}
      </NewCard>
    </>
  );
}
