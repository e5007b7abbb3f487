import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { describeChoices } from "@/lib/households/describe-choices.ts";
import { readNewPerson } from "@/lib/households/read-new-person.ts";
import type { TypedPerson } from "@/lib/orders/draft.ts";
import { web } from "@/lib/web.ts";
import { freeForm } from "../../../../_frame/free-form.ts";
import { PersonInputs } from "../../../../_frame/person-inputs.tsx";
import { sayer, wrongsOf } from "../../../../_frame/say.ts";
import { titled } from "../../../../_frame/titled.ts";
import { one, type Query } from "../../../../start/_wizard/note.tsx";
import { memberOf } from "../../../_parts/member.ts";
import { NotNow, WhyBack } from "../../../_parts/not-now.tsx";
import { addPersonAction } from "../../change/actions.ts";
import { carriedPerson } from "../typed-person.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
  readonly searchParams: Query;
}

/** What was typed, and what is wrong with it where they pressed the button. */
async function formOf({ params, searchParams }: PageProps): Promise<{ typed: TypedPerson; wrongs: readonly Wrong[] }> {
  const member = await memberOf((await params).name);
  const typed = await carriedPerson();
  if (one((await searchParams)["tried"]) === "") return { typed, wrongs: [] };
  const read = await readNewPerson(web().world, member, typed);
  return { typed, wrongs: read.ok ? [] : wrongsOf(read.problems, await sayer()) };
}

export async function generateMetadata(props: PageProps): Promise<Metadata> {
  const t = await getTranslations("family.terms");
  return titled(t("addHeading"), { wrong: (await formOf(props)).wrongs.length > 0 });
}

/** Somebody more: what is asked of them. What it comes to is on the next page. */
export default async function AddPersonPage(props: PageProps) {
  const member = await memberOf((await props.params).name);
  const query = await props.searchParams;
  const { name, whyNot } = await describeChoices(web().world, member);
  const [t, frame] = [await getTranslations("family.terms"), await getTranslations("frame")];
  const { typed, wrongs } = await formOf(props);
  const problem = wrongs.length > 0;
  return (
    <Stack gap={5} className="wrap wrap--text page">
      {problem ? (
        <ErrorSummary key={one(query["tried"])} heading={frame("problems", { n: wrongs.length })} wrongs={wrongs} />
      ) : null}
      <PageHeading quiet={problem}>{t("addHeading")}</PageHeading>
      <WhyBack error={one(query["error"])} />
      {whyNot ? (
        <NotNow why={whyNot} />
      ) : (
        <>
          <p>{t(freeForm(t, "addLead"))}</p>
          <form className="stack stack--4" action={addPersonAction} noValidate>
            <input type="hidden" name="home" value={name} />
            <PersonInputs row={typed} name={name} wrongs={wrongs} />
            <Actions>
              <Button>{frame("next")}</Button>
              <ButtonLink href={`/home/${name}`} kind="quiet">
                {t("leaveIt")}
              </ButtonLink>
            </Actions>
          </form>
        </>
      )}
    </Stack>
  );
}
