import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";
import type { Said } from "@/lib/errors.ts";
import { sayer } from "../../_frame/say.ts";

/** The only sentences that an address may name. */
const words = [
  ...(["runsHome", "askedToPay", "tooLateBack", "notPayer", "notSold"] as const),
  ...(["addOnNotSold", "addOnNotThen", "changedMeanwhile", "often"] as const),
] as const;

/** Why a choice led back to where it was made. */
export async function WhyBack({ error }: { error: string }) {
  const t = await getTranslations("family.terms");
  const word = words.find((one) => one === error);
  return word ? <Notice tone="wait" icon="info" heading={t(word)} status /> : null;
}

/** Why nothing can be changed just now, in place of the choice. */
export async function NotNow({ why }: { why: Said }) {
  const say = await sayer();
  return <Notice tone="wait" icon="clock" heading={say(why)} />;
}
