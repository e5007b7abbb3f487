import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Facts } from "@/components/facts.tsx";
import { Notice } from "@/components/notice.tsx";
import { Stack } from "@/components/stack.tsx";
import type { ReportView } from "@/lib/staff/list-reports.ts";
import { dayAndTime } from "./times.ts";

/** What was said, by whoever reported and by us, in its order. */
export async function ReportCase({
  report: { kind, about, text, forgotten, appeal, answers },
}: {
  report: ReportView;
}) {
  const t = await getTranslations("staff.reports");
  return (
    <Stack as="section" gap={4} className="card" labelledBy="said">
      <h2 id="said">{t("said")}</h2>
      <p>
        <b>{t(`kinds.${kind}`)}</b>: <span className="name">{about}</span>
      </p>
      <p className="as-typed">{forgotten ? t("forgotten") : text || t("nothingSaid")}</p>
      {appeal ? (
        <Notice tone="wait" icon="hand" heading={t("appeal", { at: dayAndTime(appeal.at) })} level={3}>
          <p className="as-typed">{appeal.text ?? t("forgotten")}</p>
        </Notice>
      ) : null}
      {answers.length > 0 ? <h3>{t("answers")}</h3> : null}
      {answers.map(({ at, by, decision, reason }) => (
        <Stack gap={1} key={at}>
          <p className="muted small">{t("answer", { at: dayAndTime(at), by, decision: t(`decision.${decision}`) })}</p>
          <p>{reason}</p>
        </Stack>
      ))}
    </Stack>
  );
}

/** Whose page it is, and who told us. */
export async function ReportFacts({ report: { at, email, fromFamily, home, person } }: { report: ReportView }) {
  const t = await getTranslations("staff.reports");
  const page = person ? t(person.barred ? "barred" : person.up ? "up" : "off", { page: person.page }) : undefined;
  const link = home ? (
    <Link href={`/admin/${home.tenantId}`} prefetch={false}>
      {home.name}
    </Link>
  ) : (
    t("noHome")
  );
  return (
    <section className="card">
      <Facts
        small
        facts={[
          { term: t("came"), fact: dayAndTime(at) },
          { term: t("home"), fact: link },
          ...(page ? [{ term: t("page"), fact: page }] : []),
          { term: t("from"), fact: fromFamily ? t("fromFamily", { name: fromFamily }) : t("fromPage") },
          { term: t("email"), fact: email ?? t("noEmail") },
        ]}
      />
    </section>
  );
}
