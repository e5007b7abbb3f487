import { getTranslations } from "next-intl/server";
import { passwordLength } from "@/lib/households/check-password.ts";
import type { CardSight } from "@/lib/households/look-at-card.ts";
import type { PasswordWords } from "./password-form.tsx";

/** The form's sentences: a grown-up's, a child's, or those of whoever runs the home. */
export async function passwordWords({
  child,
  runsHome,
  owner,
  decidesAlone,
  house,
}: CardSight): Promise<PasswordWords> {
  const [t, frame] = [await getTranslations("card"), await getTranslations("frame")];
  const { least } = passwordLength;
  const hint = child ? t("hintChild") : t(runsHome ? "hintOwn" : "hint", { least, owner });
  return {
    label: t(child ? "fieldChild" : "field"),
    hint,
    show: t("show"),
    ...(decidesAlone ? { own: { lead: t("ownLead"), tick: t("ownWords") } } : {}),
    ...(house ? { house: { nth: house.nth, tick: t(child ? "houseTickChild" : "houseTick") } } : {}),
    button: t("button"),
    saving: t("saving"),
    problem: frame("problems", { n: 1 }),
    errorTitle: frame("errorTitle", { title: frame("titled", { title: t("title") }) }),
  };
}
