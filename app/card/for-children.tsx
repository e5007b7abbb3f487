import Link from "next/link";
import { getTranslations } from "next-intl/server";

/** To what a child may want to know later, when the card is long used up. */
export async function ForChildren() {
  const t = await getTranslations("card");
  return (
    <p>
      <Link href="/children" prefetch={false}>
        {t("childrenLink")}
      </Link>
    </p>
  );
}
