import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { describeChildren } from "@/lib/households/describe-cards.ts";
import { describeParents } from "@/lib/households/parents/describe-parents.ts";
import { web } from "@/lib/web.ts";
import { ChildrenList } from "./children-list.tsx";
import { ChildrensRules } from "./childrens-rules.tsx";
import { Consents } from "./consents.tsx";
import { Erasures } from "./erasures.tsx";
import { Growing } from "./growing.tsx";
import { HouseLine } from "./house-line.tsx";
import { LookedAfter } from "./looked-after.tsx";
import { parentOf } from "./member.ts";
import { OwnPasskeys } from "./own-passkeys.tsx";
import { Questions } from "./questions.tsx";
import { ReportSomebody } from "./report-somebody.tsx";

/** All that a parent sees of a home that somebody else runs: its children, what is asked about them, and what holds for them. */
export async function ParentsHome({ name, ask }: { name: string; ask: string }) {
  const member = await parentOf(name);
  const [cards, view] = [await describeChildren(web().world, member), await describeParents(web().world, member)];
  const parents = view.parents.map(({ given }) => given);
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <PageHeading>
        <span className="name">{cards.name}</span>
      </PageHeading>
      <Questions name={cards.name} error={ask} />
      <Consents name={cards.name} />
      <Growing name={cards.name} />
      <Erasures name={cards.name} />
      <ChildrenList cards={cards} />
      <LookedAfter name={cards.name} parents={parents} cares />
      <ChildrensRules name={cards.name} />
      <HouseLine name={cards.name} />
      <OwnPasskeys />
      <ReportSomebody name={cards.name} />
    </Stack>
  );
}
