import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { Stack } from "@/components/stack.tsx";
import { TickField } from "@/components/tick.tsx";
import type { Wrong } from "@/components/wrong.ts";
import type { ConsentView } from "@/lib/households/consent/describe-consents.ts";
import { consentWords } from "../../../../../_frame/consent-words.ts";
import { giveConsentAction } from "./actions.ts";

interface AgreeProps {
  readonly name: string;
  readonly child: ConsentView;
  readonly wrong: Wrong | undefined;
}

/** The box that is never ticked for anyone, and its button: for the first time, or again. */
export async function Agree({ name, child: { personId, given, country, newest }, wrong }: AgreeProps) {
  const t = await getTranslations("family.consent");
  return (
    <Stack as="section" gap={4} className="card" labelledBy="agree">
      <h2 id="agree">{t(newest ? "againHeading" : "agreeHeading")}</h2>
      {newest ? <p>{t("againText")}</p> : null}
      <form className="stack stack--4" action={giveConsentAction} noValidate>
        <input type="hidden" name="home" value={name} />
        <input type="hidden" name="child" value={personId} />
        <TickField id="childConsent" name="childConsent" value="yes" small {...(wrong ? { wrong } : {})}>
          {await consentWords([given], country)}
        </TickField>
        <Actions>
          <Button>{t("agree")}</Button>
        </Actions>
      </form>
    </Stack>
  );
}
