import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { signOutAction } from "../sign-in/actions.ts";

/** A button even where it looks like the link beside the wordmark: signing out changes something. */
export async function SignOut({ quiet }: { quiet?: boolean }) {
  const t = await getTranslations("family");
  return (
    <form action={signOutAction}>
      {quiet ? (
        <Button kind="quiet">{t("signOut")}</Button>
      ) : (
        <button type="submit" className="top__link top__link--button">
          {t("signOut")}
        </button>
      )}
    </form>
  );
}
