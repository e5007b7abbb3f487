import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/notice.tsx";

/** The only sentences that an address may name. */
const words = ["prove", "held", "tag", "shown", "gone", "often"] as const;

/** Why a press led back to where it was made. */
export async function WhyNot({ error }: { error: string }) {
  const t = await getTranslations("family.leave.errors");
  const word = words.find((one) => one === error);
  return word ? <Notice tone="wait" icon="info" heading={t(word)} status /> : null;
}
