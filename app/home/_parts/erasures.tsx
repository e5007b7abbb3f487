import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { Notice } from "@/components/notice.tsx";
import { describeErasures } from "@/lib/households/data/describe-erasures.ts";
import { web } from "@/lib/web.ts";
import { day } from "../../_frame/write.ts";
import { takeOutAction } from "../[name]/change/actions.ts";
import { insiderOf } from "./member.ts";

/** Who is to be erased as soon as they are taken out, for whoever takes them out and for the parents of a child. */
export async function Erasures({ name }: { name: string }) {
  const t = await getTranslations("family.data.erase");
  const member = await insiderOf(name);
  const asked = await describeErasures(web().world, member);
  return asked.map(({ personId, given, child, at, by }) => (
    <Notice key={personId} tone="wait" icon="hand" heading={t("pending", { given })}>
      <p>{t("asked", { by, date: day(new Date(at)) })}</p>
      <p>{member.runs ? t("next", { given }) : t("nextOther", { given, own: "no" })}</p>
      <Actions>
        {member.runs ? (
          <form action={takeOutAction}>
            <input type="hidden" name="home" value={name} />
            <input type="hidden" name="person" value={personId} />
            <Button small kind="danger">
              {t("takeOut", { given })}
            </Button>
          </form>
        ) : null}
        {child && member.cares ? (
          <ButtonLink small kind="quiet" href={`/home/${name}/rules/${personId}/data`}>
            {t("look")}
          </ButtonLink>
        ) : null}
      </Actions>
    </Notice>
  ));
}
