import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { describeBill } from "@/lib/households/describe-bill.ts";
import { describePayer } from "@/lib/households/describe-payer.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../../../_frame/titled.ts";
import { day, money } from "../../../../../_frame/write.ts";
import { payerOf } from "../../../../_parts/member.ts";
import { offerBillAction } from "../actions.ts";
import { carried } from "../typed.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("family.payer"))("heading"));

/** What will change, and what not, before anybody is asked. */
export default async function ConfirmPayerPage({ params }: PageProps) {
  const { name } = await params;
  const member = await payerOf(name);
  const { world } = web();
  const [view, bill, typed] = [await describePayer(world, member), await describeBill(world, member), await carried()];
  const person = view?.others.find(({ personId }) => personId === typed.personId);
  // Loaded again after a minute, opened by its address, or asked already.
  if (!view || view.waiting) redirect(`/home/${name}/bill`);
  if (!person || view.whyNot || !bill.next) redirect(`/home/${name}/bill/payer`);
  const t = await getTranslations("family.payer");
  const values = { given: person.given, mail: typed.email, home: view.home };
  const next = { sum: money(bill.next.sum), date: day(new Date(bill.next.at)) };
  return (
    <Stack gap={5} className="wrap wrap--text page">
      <PageHeading>{t("question", values)}</PageHeading>
      <p className="lead">{t("letter", values)}</p>
      <Stack as="section" gap={2} className="card" labelledBy="then">
        <h2 id="then">{t("then")}</h2>
        <ul className="stack stack--1">
          <li>{t("thenPays", { ...values, ...next })}</li>
          <li>{t("thenYou")}</li>
          <li>{t(member.runs ? "thenSees" : "thenSeesPayer", values)}</li>
          <li>{t("thenDeed", values)}</li>
        </ul>
      </Stack>
      <form action={offerBillAction}>
        <input type="hidden" name="home" value={view.home} />
        <input type="hidden" name="person" value={person.personId} />
        <input type="hidden" name="email" value={typed.email} />
        <Actions>
          <Button type="submit">{t("ask", values)}</Button>
          <ButtonLink href={`/home/${view.home}/bill`} kind="quiet">
            {t("leaveIt")}
          </ButtonLink>
        </Actions>
      </form>
    </Stack>
  );
}
