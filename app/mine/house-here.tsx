import { getTranslations } from "next-intl/server";
import { Button } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import type { MineView } from "@/lib/households/mine/describe-mine.ts";
import { HouseText } from "../_frame/house-text.tsx";
import { answerHouseAction } from "./actions.ts";

interface HouseHereProps {
  readonly name: string;
  readonly house: NonNullable<MineView["house"]>;
}

/** The family's house terms, and what whoever reads them says. */
export async function HouseHere({ name, house: { nth, text, agrees } }: HouseHereProps) {
  const t = await getTranslations("mine.house");
  const said = agrees === null ? null : t(agrees ? "agreed" : "declined");
  return (
    <>
      <HouseText name={name} text={text} />
      <form action={answerHouseAction} className="stack stack--3">
        <input type="hidden" name="nth" value={nth} />
        {said ? <Notice tone={agrees ? "good" : "wait"} icon={agrees ? "check" : "info"} heading={said} /> : null}
        <div className="row">
          {agrees ? null : (
            <Button name="answer" value="yes">
              {t("agree")}
            </Button>
          )}
          {agrees === false ? null : (
            <Button kind="quiet" name="answer" value="no">
              {t("decline")}
            </Button>
          )}
        </div>
        <p className="small muted">{t("text")}</p>
      </form>
    </>
  );
}
