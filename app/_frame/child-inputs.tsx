import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Notice } from "@/components/notice.tsx";
import { Ticks } from "@/components/tick.tsx";
import type { Wrong } from "@/components/wrong.ts";
import type { TypedPerson } from "@/lib/orders/draft.ts";
import { ageBands } from "@/lib/tenants/age-band.ts";
import { LiveGiven } from "../start/_live/live-given.tsx";

interface ChildInputsProps {
  readonly row: TypedPerson;
  readonly ids: { readonly given: string; readonly age: string };
  readonly wrong: Wrong | undefined;
}

/**
 * How old a child is, and how an account of that age begins. The style sheet shows it once Child is chosen, and of the sentences
 * the one of the chosen age; what is chosen stays chosen while it is not to be seen.
 */
export async function ChildInputs({ row, ids, wrong }: ChildInputsProps) {
  const t = await getTranslations("people");
  const someone = t("someone");
  const given = row.given.trim() || someone;
  const live = () => <LiveGiven input={ids.given} given={row.given} otherwise={someone} />;
  const called: { given: string; live: () => ReactNode } = { given, live };
  return (
    <div className="stack stack--4 of-child">
      <Ticks
        id={ids.age}
        name={ids.age}
        legend={t.rich("age", called)}
        hint={t("ageHint")}
        value={row.age}
        options={ageBands.map((band) => ({ value: band, label: t(`ages.${band}`) }))}
        wrong={wrong}
      />
      {ageBands.map((band) => (
        <div key={band} className="of-age" data-age={band}>
          <Notice tone="brass" icon="shield-check" level={3} heading={t.rich("begins", called)} gap={1}>
            <p className="small">{t(`beginsWith.${band}`)}</p>
          </Notice>
        </div>
      ))}
    </div>
  );
}
