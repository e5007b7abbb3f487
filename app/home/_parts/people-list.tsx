import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ButtonLink, TextButton } from "@/components/button.tsx";
import { Chip, type Tone } from "@/components/chip.tsx";
import type { IconName } from "@/components/icon.tsx";
import { People, PersonRow } from "@/components/person-row.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import type { CardView, PersonCard } from "@/lib/households/describe-cards.ts";
import type { HomeView } from "@/lib/households/describe-home.ts";
import { day } from "../../_frame/write.ts";
import { bringBackAction, takeOutAction } from "../[name]/change/actions.ts";
import { showPageAction } from "../actions.ts";

type CardLook = CardView["state"] | "none";
const looks: Record<CardLook, { readonly tone?: Tone; readonly icon?: IconName }> = {
  sent: { tone: "wait", icon: "clock" },
  ready: { tone: "wait", icon: "clock" },
  used: { tone: "good", icon: "check" },
  "ran-out": { tone: "bad", icon: "triangle-alert" },
  none: {},
};

/** Everybody who lives there, with their cards. */
export async function PeopleList({ home }: { home: HomeView }) {
  const [t, terms] = [await getTranslations("family"), await getTranslations("family.terms")];
  return (
    <Stack as="section" gap={3} labelledBy="people">
      <h2 id="people">{t("people")}</h2>
      <p className="small muted">{t("count", { n: home.people.length })}</p>
      <People>
        {home.people.map((person) => (
          <PersonRow
            key={person.personId}
            given={person.given}
            title={person.runsHome ? t("you", { given: person.given }) : person.given}
            id={`@${person.part}:${home.name}`}
            child={person.child}
            note={person.child ? t("childNote") : undefined}
          >
            {/* How a child's card stands is for its parents to see. */}
            {person.child && !home.cares ? null : <CardState person={person} />}
            <CardLinks name={home.name} person={person} />
            {person.runsHome ? null : <TakeOut name={home.name} person={person} />}
            {person.child && home.cares ? <PageSwitch name={home.name} person={person} /> : null}
          </PersonRow>
        ))}
      </People>
      <div className="row">
        <ButtonLink href={`/home/${home.name}/people/add`} small kind="quiet" icon="plus">
          {terms("add")}
        </ButtonLink>
      </div>
    </Stack>
  );
}

/** Who can come back, and until when. */
export async function TakenOut({ home: { name, takenOut } }: { home: HomeView }) {
  const [t, erase] = [await getTranslations("family.terms"), await getTranslations("family.data.erase")];
  if (takenOut.length === 0) return null;
  return (
    <Stack as="section" gap={3} labelledBy="taken-out">
      <h2 id="taken-out">{t("takenOut")}</h2>
      <People>
        {takenOut.map(({ personId, given, part, child, at, until, erasing }) => (
          <PersonRow
            key={personId}
            given={given}
            id={`@${part}:${name}`}
            child={child}
            note={
              erasing
                ? erase("being")
                : t("takenOutNote", { given, date: day(new Date(at)), until: day(new Date(until)) })
            }
          >
            {erasing ? null : (
              <>
                <form action={bringBackAction}>
                  <input type="hidden" name="home" value={name} />
                  <input type="hidden" name="person" value={personId} />
                  <TextButton>{t("bringBack", { given })}</TextButton>
                </form>
                <Link href={`/home/${name}/erase/${personId}`} prefetch={false}>
                  {erase.rich("now", { ...rich, given })}
                </Link>
              </>
            )}
          </PersonRow>
        ))}
      </People>
    </Stack>
  );
}

export async function CardState({ person }: { person: PersonCard }) {
  const t = await getTranslations("family");
  const state: CardLook = person.card?.state ?? "none";
  if (person.runsHome && state === "used") return <Chip tone="brass">{t("runs")}</Chip>;
  return <Chip {...looks[state]}>{t(`card.${state}`)}</Chip>;
}

/** The card's own page shows it, prints it and makes a new one. */
export async function CardLinks({ name, person }: { name: string; person: PersonCard }) {
  const t = await getTranslations("family");
  const { given, personId, card } = person;
  if (!card) return null;
  return (
    <Link href={`/home/${name}/card/${personId}`} prefetch={false}>
      {t.rich(card.token ? "seeCard" : "newCard", { ...rich, given })}
    </Link>
  );
}

/** Leads to the question before it. */
async function TakeOut({ name, person: { given, personId } }: { name: string; person: PersonCard }) {
  const t = await getTranslations("family.terms");
  return (
    <form action={takeOutAction}>
      <input type="hidden" name="home" value={name} />
      <input type="hidden" name="person" value={personId} />
      <TextButton>{t.rich("takeOut", { ...rich, given })}</TextButton>
    </form>
  );
}

/** Every adult has a page; a child has one only where a parent asked for it. */
export async function PageSwitch({ name, person }: { name: string; person: PersonCard }) {
  const t = await getTranslations("family");
  const { given, personId, page, pageBarred } = person;
  if (pageBarred) return <span className="small muted">{t("pageBarred")}</span>;
  return (
    <form action={showPageAction}>
      <input type="hidden" name="home" value={name} />
      <input type="hidden" name="person" value={personId} />
      <input type="hidden" name="page" value={page ? "down" : "up"} />
      <TextButton>{t.rich(page ? "dropPage" : "makePage", { ...rich, given })}</TextButton>
    </form>
  );
}
