import Link from "next/link";
import { getTranslations } from "next-intl/server";

/** To what a child may want to know later, when the card is long used up. */
export async function ForChildren() {
  const t = await getTranslations("card");
  return (
    <ul className="plain stack stack--2">
      <li>
        <Link href="/children" prefetch={false}>
          {t("childrenLink")}
        </Link>
      </li>
      <li>
        <Link href="/mine" prefetch={false}>
          {t("mineLink")}
        </Link>
      </li>
    </ul>
  );
}
