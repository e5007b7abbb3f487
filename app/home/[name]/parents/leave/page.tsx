import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import type { ParentsView } from "@/lib/households/parents/describe-parents.ts";
import { titled } from "../../../../_frame/titled.ts";
import { listAll } from "../../../../_frame/write.ts";
import { leaveParentsAction } from "../actions.ts";
import { parentsHere } from "../here.ts";

interface PageProps {
  readonly params: Promise<{ readonly name: string }>;
}

const headingOf = ({ parents }: ParentsView) => (parents.length > 1 ? "leave.heading" : "leave.last");

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const [t, view] = [await getTranslations("family.parents"), await parentsHere((await params).name)];
  return titled(t(headingOf(view)));
}

/** What follows when a parent decides no more; and why the last one cannot. */
export default async function LeaveParentsPage({ params }: PageProps) {
  const view = await parentsHere((await params).name);
  const t = await getTranslations("family.parents");
  const path = `/home/${view.home}/parents`;
  return (
    <Stack gap={5} className="wrap wrap--text page">
      <PageHeading>{t(headingOf(view))}</PageHeading>
      {view.parents.length > 1 ? (
        <Question view={view} path={path} />
      ) : (
        <>
          <p className="lead">{t("leave.lastText")}</p>
          <p>
            <Link href={path} prefetch={false}>
              {t("asks")}
            </Link>
          </p>
        </>
      )}
    </Stack>
  );
}

async function Question({ view, path }: { view: ParentsView; path: string }) {
  const t = await getTranslations("family.parents");
  const { parents, children, runs, home } = view;
  const names = listAll(parents.filter(({ you }) => !you).map(({ given }) => given));
  return (
    <>
      <p className="lead">{t("leave.lead")}</p>
      <ul className="stack stack--2">
        <li>{t("leave.alone", { names, children: listAll(children) })}</li>
        <li>{t("leave.nothing")}</li>
        <li>{t("leave.stays", { names })}</li>
        <li>{runs ? t("leave.owner") : t("leave.contact", { names })}</li>
        <li>{t("leave.back", { names })}</li>
      </ul>
      <form action={leaveParentsAction}>
        <input type="hidden" name="home" value={home} />
        <Actions>
          <Button>{t("leave.yes")}</Button>
          <ButtonLink href={path} kind="quiet">
            {t("leave.no")}
          </ButtonLink>
        </Actions>
      </form>
    </>
  );
}
