import { getTranslations } from "next-intl/server";
import { Chip } from "@/components/chip.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { apps, elementLink, places } from "./stores.ts";

interface AppCardsProps {
  readonly name: string;
  /** Whose account is filled in, where the app can. */
  readonly part?: string;
  /** Headings of the cards, under the one that is above them. */
  readonly level?: 2 | 3;
}

/** The two apps with their links. */
export async function AppCards({ name, part, level = 3 }: AppCardsProps) {
  const t = await getTranslations("apps");
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <div className="appcards">
      {apps.map((one) => (
        <Stack gap={3} className="card" key={one.app}>
          <div className="card__head">
            <Heading className="heading-plain">{t(one.app)}</Heading>
            {one.suggested ? <Chip tone="brass">{t("suggestion")}</Chip> : null}
          </div>
          <p className="small">{t(`${one.app}Text`)}</p>
          <p className="small links">
            {places.map((place) => (
              <a key={place} href={one[place]} rel="noreferrer">
                {t.rich(place, { ...rich, app: t(one.app) })}
              </a>
            ))}
          </p>
          {one.app === "element" ? (
            <p className="small links">
              <a href={elementLink(name, part)} rel="noreferrer">
                {t("provision", { name })}
              </a>
            </p>
          ) : null}
        </Stack>
      ))}
    </div>
  );
}
