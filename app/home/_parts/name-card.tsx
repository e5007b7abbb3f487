import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Mount } from "@/components/mount.tsx";
import { Plate } from "@/components/plate.tsx";
import { rich } from "@/components/rich.tsx";
import type { HomeView } from "@/lib/households/describe-home.ts";
import { day } from "../../_frame/write.ts";

/** Whose the name is, until when, and the way to take it along. */
export async function NameCard({ home }: { home: HomeView }) {
  const t = await getTranslations("family");
  return (
    <section aria-labelledby="name">
      <Mount>
        <h2 className="hidden" id="name">
          {t("name")}
        </h2>
        <Plate name={home.name} />
        <p className="small centred">
          {t.rich("registered", { ...rich, full: home.registrant })}
          {home.renewsAt ? (
            <>
              <br />
              {t("renews", { date: day(new Date(home.renewsAt)) })}
            </>
          ) : null}
          {home.nameLeftAt ? (
            <>
              <br />
              {t("elsewhere", { date: day(new Date(home.nameLeftAt)) })}
            </>
          ) : null}
        </p>
        <p className="small centred">
          <Link href={`/home/${home.name}/leave`} prefetch={false}>
            {t(home.nameLeftAt ? "leave.gone" : "leave.go")}
          </Link>
        </p>
      </Mount>
    </section>
  );
}
