import { getTranslations } from "next-intl/server";
import { TextButton } from "@/components/button.tsx";
import { Chip, type Tone } from "@/components/chip.tsx";
import type { IconName } from "@/components/icon.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import type { HousePerson } from "@/lib/households/house/describe-house.ts";
import { day } from "../../../_frame/write.ts";
import { readTogetherAction } from "./actions.ts";

const looks: Record<HousePerson["said"], { readonly tone?: Tone; readonly icon?: IconName }> = {
  agrees: { tone: "good", icon: "check" },
  declines: { tone: "bad", icon: "triangle-alert" },
  waiting: { tone: "wait", icon: "clock" },
  card: {},
};
const hows = ["saved", "card", "own-page", "together"] as const;

interface WhoAgreedProps {
  readonly name: string;
  readonly nth: number;
  readonly people: readonly HousePerson[];
}

/** What each of them said to the newest version. */
export async function WhoAgreed({ name, nth, people }: WhoAgreedProps) {
  const t = await getTranslations("family.house");
  return (
    <Stack as="section" gap={3} labelledBy="who">
      <h2 id="who">{t("who")}</h2>
      <ul className="people">
        {people.map((person) => {
          const how = hows.find((one) => one === person.how);
          return (
            <li key={person.personId} className="person person--plain">
              <div className="person__who">
                <span>{person.given}</span>
                {person.at && how ? (
                  <span className="person__note">{t(`how.${how}`, { date: day(new Date(person.at)) })}</span>
                ) : null}
              </div>
              <div className="person__do">
                <Chip {...looks[person.said]}>{t(`said.${person.said}`)}</Chip>
                {person.yours && person.said !== "agrees" ? <Together name={name} nth={nth} person={person} /> : null}
              </div>
            </li>
          );
        })}
      </ul>
      <p className="small muted">{t("whoText")}</p>
    </Stack>
  );
}

async function Together({
  name,
  nth,
  person: { personId, given },
}: {
  name: string;
  nth: number;
  person: HousePerson;
}) {
  const t = await getTranslations("family.house");
  return (
    <form action={readTogetherAction}>
      <input type="hidden" name="home" value={decodeURIComponent(name)} />
      <input type="hidden" name="person" value={personId} />
      <input type="hidden" name="nth" value={nth} />
      <TextButton>{t.rich("together", { ...rich, given })}</TextButton>
    </form>
  );
}
