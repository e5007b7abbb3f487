import { getTranslations } from "next-intl/server";
import { Bullets } from "@/components/bullets.tsx";
import { Stack } from "@/components/stack.tsx";
import { listAll, listAny } from "../../_frame/write.ts";

/** A child reads who can do what with the account. Only what is so today may stand here. */
export async function ChildsRights({ parents }: { parents: readonly string[] }) {
  const t = await getTranslations("card");
  const can = (["ownerSees", "ownerRules", "ownerPauses", "ownerRenews"] as const).map((key) => ({
    icon: "check" as const,
    text: t(key),
  }));
  const cannot = (["nobodyReads", "nobodyLooks", "nobodySees"] as const).map((key) => ({
    icon: "lock-keyhole" as const,
    text: t(key, { owner: listAny(parents) }),
  }));
  return (
    <section className="halves" aria-label={t("who")}>
      <Stack gap={3} className="card">
        <h2 className="heading-plain">{t("ownerCan", { owner: listAll(parents) })}</h2>
        <Bullets points={can} small />
      </Stack>
      <Stack gap={3} className="card">
        <h2 className="heading-plain">{t("nobodyCan")}</h2>
        <Bullets points={cannot} small />
      </Stack>
    </section>
  );
}
