import { getTranslations } from "next-intl/server";
import { People, PersonRow } from "@/components/person-row.tsx";
import { Stack } from "@/components/stack.tsx";
import type { CardsView } from "@/lib/households/describe-cards.ts";
import { CardLinks, CardState, PageSwitch } from "./people-list.tsx";

/** The children of a home, for a parent who does not run it. */
export async function ChildrenList({ cards: { name, people } }: { cards: CardsView }) {
  const [t, family] = [await getTranslations("family.parents"), await getTranslations("family")];
  return (
    <Stack as="section" gap={3} labelledBy="people">
      <h2 id="people">{t("children")}</h2>
      <People>
        {people.map((person) => (
          <PersonRow
            key={person.personId}
            given={person.given}
            id={`@${person.part}:${name}`}
            child
            note={family("childNote")}
          >
            <CardState person={person} />
            <CardLinks name={name} person={person} />
            <PageSwitch name={name} person={person} />
          </PersonRow>
        ))}
      </People>
    </Stack>
  );
}
