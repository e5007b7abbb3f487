import { getTranslations } from "next-intl/server";
import { signOutAction } from "../sign-in/actions.ts";

/** A button that looks like the link beside the wordmark: signing out changes something, so it is no link. */
export async function SignOut() {
  const t = await getTranslations("family");
  return (
    <form action={signOutAction}>
      <button type="submit" className="top__link top__link--button">{t("signOut")}</button>
    </form>
  );
}
