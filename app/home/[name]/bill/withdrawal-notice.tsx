import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import type { WithdrawalView } from "@/lib/households/describe-withdrawal.ts";
import { day, time } from "../../../_frame/write.ts";
import { WithdrawalSums } from "../../../withdraw/withdrawal-sums.tsx";
import { keepHomeAction } from "./actions.ts";

/** That they withdrew, and a way back for as long as there is one. */
export async function WithdrawalNotice({ withdrawal }: { withdrawal: WithdrawalView }) {
  const t = await getTranslations("withdraw.notice");
  const { state, name, sums } = withdrawal;
  if (state === "open" || state === "over") return null;
  const [at, closes] = [new Date(withdrawal.at), new Date(withdrawal.closes)];
  const said = { date: day(at), time: time(at), closes: day(closes), closesTime: time(closes) };
  if (state === "held")
    return (
      <Notice tone="wait" icon="clock" heading={t("held")}>
        <p>{t("heldText", said)}</p>
      </Notice>
    );
  return (
    <Notice tone="wait" icon="calendar" heading={t("said", said)} status>
      {state === "said" ? <p>{t("saidText", said)}</p> : null}
      <WithdrawalSums sums={sums} />
      {state === "said" ? (
        <form action={keepHomeAction}>
          <input type="hidden" name="home" value={name} />
          <Button type="submit" small kind="quiet">
            {t("keep")}
          </Button>
        </form>
      ) : null}
    </Notice>
  );
}
