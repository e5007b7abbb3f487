import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import { rich } from "@/components/rich.tsx";
import { type ConsentView, describeConsents } from "@/lib/households/consent/describe-consents.ts";
import { web } from "@/lib/web.ts";
import { moment } from "../../_frame/write.ts";
import { parentOf } from "./member.ts";

/** Children for whom a parent's word was withdrawn, or was never asked for. Nothing where all is said. */
export async function Consents({ name }: { name: string }) {
  const children = await describeConsents(web().world, await parentOf(name));
  return children.map((child) => <ConsentOf key={child.personId} name={name} child={child} />);
}

async function ConsentOf({ name, child: { personId, given, asked, newest } }: { name: string; child: ConsentView }) {
  const t = await getTranslations("family.consent");
  const withdrawn = newest?.withdrawn;
  if (!withdrawn && (newest || !asked)) return null;
  const when = withdrawn ? moment(new Date(withdrawn.at), web().world.clock.now()) : "";
  const look = withdrawn ? ({ tone: "wait", icon: "clock" } as const) : {};
  return (
    <Notice {...look} heading={t(withdrawn ? "withdrawn" : "missing", { given })}>
      <p>{withdrawn ? t("withdrawnBy", { by: withdrawn.by, when }) : t("missingText", { given })}</p>
      <p>
        <Link href={`/home/${name}/rules/${personId}/consent`} prefetch={false}>
          {t.rich(withdrawn ? "seeWithdrawn" : "see", { ...rich, given })}
        </Link>
      </p>
    </Notice>
  );
}
