import { getTranslations } from "next-intl/server";
import { Facts } from "@/components/facts.tsx";
import { Stack } from "@/components/stack.tsx";
import { evidenceShape } from "@/lib/billing/evidence.ts";
import type { DisputeView } from "@/lib/staff/describe-dispute.ts";
import { money } from "../../_frame/write.ts";
import { evidenceWords } from "./evidence-words.ts";
import { dayAndTime } from "./times.ts";

/** Each piece as it would be sent, or was. */
export async function DisputeEvidence({ dispute }: { dispute: DisputeView }) {
  const t = await getTranslations("staff.dispute");
  const evidence = await evidenceWords(dispute);
  const facts = evidenceShape.keyof().options.flatMap((field) => {
    const text = evidence[field];
    return text ? [{ term: t(`field.${field}`), fact: text }] : [];
  });
  return (
    <Stack as="section" gap={2} labelledBy="evidence">
      <h2 id="evidence">{t(dispute.written ? "written" : "evidence")}</h2>
      <div className="card">
        <Facts facts={facts} long />
      </div>
    </Stack>
  );
}

export async function DisputeFacts({ dispute }: { dispute: DisputeView }) {
  const t = await getTranslations("staff.dispute");
  const { sum, reason, status, openedAt, dueBy, facts, customerId, id } = dispute;
  const code = (text: string) => <span className="code">{text}</span>;
  return (
    <aside className="stack stack--4" aria-label={t("facts")}>
      <Stack as="section" gap={2} className="card" labelledBy="facts">
        <h2 id="facts">{t("facts")}</h2>
        <Facts
          small
          facts={[
            { term: t("sum"), fact: money(sum) },
            { term: t("reason"), fact: reason },
            { term: t("status"), fact: status },
            { term: t("opened"), fact: dayAndTime(openedAt) },
            ...(dueBy ? [{ term: t("due"), fact: dayAndTime(dueBy) }] : []),
            ...(facts.card ? [{ term: t("card"), fact: facts.card }] : []),
            { term: t("customer"), fact: code(customerId) },
            { term: t("id"), fact: code(id) },
          ]}
        />
      </Stack>
    </aside>
  );
}
