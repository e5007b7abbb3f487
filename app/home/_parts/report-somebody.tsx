import Link from "next/link";
import { getTranslations } from "next-intl/server";

/** The way to a person of ours, for whatever a family cannot settle by itself. */
export async function ReportSomebody({ name }: { name: string }) {
  const t = await getTranslations("report");
  return (
    <p className="small">
      <Link href={`/home/${encodeURIComponent(name)}/report`} prefetch={false}>
        {t("family")}
      </Link>
    </p>
  );
}
