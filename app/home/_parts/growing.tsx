import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import { rich } from "@/components/rich.tsx";
import { describeGrowing, type GrowingView } from "@/lib/households/growing/describe-growing.ts";
import { web } from "@/lib/web.ts";
import { calendarDay } from "../../_frame/write.ts";
import { parentOf } from "./member.ts";

/** Children who are old enough for other rules, or will be eighteen soon. Nothing where nobody is. */
export async function Growing({ name }: { name: string }) {
  const children = await describeGrowing(web().world, await parentOf(name));
  return children.map((child) => <GrowingUp key={child.personId} name={name} child={child} />);
}

async function GrowingUp({ name, child }: { name: string; child: GrowingView }) {
  const t = await getTranslations("family.growing");
  const { personId, given, offer, adultOn } = child;
  return (
    <>
      {offer ? (
        <Notice tone="brass" icon="user-round" heading={t("offerHeading", { given })}>
          <p>{t("offerText", { given, ages: t(`ages.${offer.band}`) })}</p>
          <p>
            <Link href={`/home/${name}/rules/${personId}/growing`} prefetch={false}>
              {t.rich("see", { ...rich, given })}
            </Link>
          </p>
        </Notice>
      ) : null}
      {adultOn ? (
        <Notice tone="brass" icon="user-round" heading={t("soonHeading", { given, date: calendarDay(adultOn) })}>
          <p>{t("soonText", { given })}</p>
        </Notice>
      ) : null}
    </>
  );
}
